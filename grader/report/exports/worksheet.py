"""The words of Moodle's grading worksheet. They are in the language of whoever downloads it, and Moodle takes a sheet
back only in the language that it is used in.

Read in the language packs that Moodle publishes (assign.php and moodle.php of each). A language is here when all of
its row could be read there: a heading that is guessed is a column that is not found.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from grader.outcome import printable


@dataclass(frozen=True, slots=True)
class Words:
    """The headings in one language, by their names in the packs, and two of the words below them."""

    language: str
    recordid: str
    fullname: str
    submissionteam: str
    grade: str
    maxgrade: str
    gradecanbechanged: str
    lastmodifiedgrade: str
    hiddenuser: str  # what stands before a participant's number
    no: str


LANGUAGES = (
    Words(
        "English", "Identifier", "Full name", "Group", "Grade", "Maximum Grade",
        "Grade can be changed", "Last modified (grade)", "Participant ", "No",
    ),
    Words(
        "German", "ID", "Vollständiger Name", "Gruppe", "Bewertung", "Bestwertung",
        "Bewertung kann geändert werden", "Zuletzt geändert (Bewertung)", "Teilnehmer/in", "Nein",
    ),
    Words(
        "French", "Identifiant", "Nom complet", "Groupe", "Note", "Note maximale",
        "La note peut être modifiée", "Dernière modification (note)", "Participant", "Non",
    ),
    Words(
        "Spanish", "Identificador", "Nombre completo", "Grupo", "Calificación", "Calificación máxima",
        "La calificación puede ser cambiada", "Última modificación (calificación)", "Participante", "No",
    ),
    Words(
        "Italian", "Identificativo", "Nome", "Gruppo", "Valutazione", "Valutazione massima",
        "La valutazione può essere cambiata", "Ultima modifica (valutazione)", "Partecipante", "No",
    ),
)  # fmt: skip
PARTICIPANT = re.compile(
    rf"(?:{'|'.join(re.escape(words.hiddenuser.strip()) for words in LANGUAGES)}) ?(\d+)"
)
UNFILED = re.compile(r"[\x00-\x1f\x7f&<>\"`|':\\/]")


def words_of(headings: Sequence[str]) -> Words:
    """The language of a worksheet, told by the one heading that no two share; English where there is none of them."""
    return next((words for words in LANGUAGES if words.lastmodifiedgrade in headings), LANGUAGES[0])


def filed(name: str) -> str:
    """The name of a group as the folders of a download spell it, made safe to print.

    Moodle writes "&amp;" for "&", a blank for "_", and leaves out what no file may be called: format_string and
    clean_filename of lib, with mod/assign/classes/downloader.php between them.
    """
    orphaned = re.sub(r"&(?![a-zA-Z0-9#]{1,8};)", "&amp;", name)
    return printable(unicodedata.normalize("NFC", UNFILED.sub("", orphaned.replace("_", " "))).strip())
