"""The file of a gradebook: its tables, and connections to it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from enum import StrEnum
from pathlib import Path
from urllib.parse import quote

from grader.outcome import Member, Refusal

NAME = "gradebook.sqlite"
FORMAT = 2  # of the tables: their user_version
READ_ONLY = "its folder is read-only, and SQLite writes there even to read; take a copy of the folder"
PATIENCE = 30.0  # seconds that one connection waits for another
MEMBERS = """
CREATE TABLE members (
    place TEXT NOT NULL,
    id TEXT NOT NULL,           -- one member, as the LMS and course.toml name them: of one submission at a time
    student TEXT NOT NULL,      -- the submission, as in results
    name TEXT NOT NULL,
    PRIMARY KEY (place, id)
) STRICT;
CREATE INDEX members_of ON members (place, student);
CREATE VIEW counting AS         -- the results that count: BROKEN only where there is no other, nothing that nobody has
    SELECT mine.*, other.broken IS NOT NULL AS troubled
    FROM results AS mine LEFT JOIN results AS other
    ON (other.place, other.student, other.broken) = (mine.place, mine.student, 1 - mine.broken)
    WHERE NOT (mine.broken AND troubled) AND (mine.broken OR EXISTS (
        SELECT * FROM members WHERE (members.place, members.student) = (mine.place, mine.student)
    ));
"""
SCHEMA = f"""
BEGIN;
CREATE TABLE runs (
    place TEXT PRIMARY KEY,
    step TEXT NOT NULL,
    seed INTEGER NOT NULL
) STRICT;
CREATE TABLE results (
    place TEXT NOT NULL,        -- "standing" or "regrade"
    student TEXT NOT NULL,      -- the identity that the submission came with: a student's, or a group's
    broken INTEGER NOT NULL,    -- 1 beside a 0 of the same student: the attempt to judge anew failed
    name TEXT NOT NULL,
    handed_in TEXT NOT NULL,    -- ISO 8601 with its offset; empty where it is not known
    late INTEGER NOT NULL,      -- 1 where the LMS says so
    submission BLOB NOT NULL,   -- these two tell whether the result still holds: digest.py
    judging BLOB NOT NULL,
    status TEXT NOT NULL,
    score INTEGER NOT NULL,
    max_score INTEGER NOT NULL,
    drawn BLOB,                 -- how the student's pages were drawn; NULL: they are still to be
    light BLOB NOT NULL,        -- the report in MessagePack, without its transcripts
    report BLOB NOT NULL,       -- the whole of it, compressed
    PRIMARY KEY (place, student, broken)
) STRICT;
{MEMBERS}
PRAGMA user_version = {FORMAT};
COMMIT;
"""
# Format 1 knew no members: each submission stands for itself, until the next run says whose it is.
FORMER_MEMBERS = (
    "SELECT place, student AS id, student, max(name) AS name FROM results GROUP BY place, student"
)
MIGRATION = f"""
BEGIN;
DROP VIEW counting;
{MEMBERS}
INSERT INTO members {FORMER_MEMBERS};
PRAGMA user_version = {FORMAT};
COMMIT;
"""


class Place(StrEnum):
    """Where a result belongs: with those that stand, or with a regrade that waits for a decision."""

    STANDING = "standing"
    REGRADE = "regrade"


def gradebook_in(out: Path) -> bool:
    """Whether the folder holds a gradebook."""
    return (out / NAME).is_file()


@contextmanager
def writing(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection to the gradebook at `path`: made if it is not there, of this format afterwards. Raises Refusal."""
    with said_of(path), closing(sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)) as database:
        # A commit is with the system when it returns, which outlives us; only a loss of power can still undo it.
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")
        scripts = {0: SCHEMA, 1: MIGRATION}
        if script := scripts.get(version(database)):
            database.executescript(script)
        yield known(path, database)


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection to the gradebook at `path`, which others may be writing to. Raises Refusal.

    Nothing in the file is changed: of format 1 it sees what the migration would make of it.
    """
    # Not mode=ro: the last connection to close tidies up the files of the log, and a reader may be it.
    where = f"file:{quote(str(path))}?mode=rw"
    with said_of(path), closing(sqlite3.connect(where, uri=True, timeout=PATIENCE)) as database:
        if version(database) == 1:
            database.execute(f"CREATE TEMP VIEW members AS {FORMER_MEMBERS}")
        else:
            known(path, database)
        database.execute("PRAGMA query_only = ON")
        yield database


@contextmanager
def transaction(database: sqlite3.Connection) -> Iterator[None]:
    """All that is written inside, or nothing."""
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        database.execute("ROLLBACK")
        raise
    database.execute("COMMIT")


def known(path: Path, database: sqlite3.Connection) -> sqlite3.Connection:
    """`database`, if its tables are those above. Raises Refusal."""
    found = version(database)
    if found != FORMAT:
        raise Refusal(f"{path} is a gradebook of format {found}, and this grader knows none above {FORMAT}.")
    return database


def version(database: sqlite3.Connection) -> int:
    """The format of the tables; 0 where there are none."""
    return number(database, "PRAGMA user_version")


def members_of(
    database: sqlite3.Connection | sqlite3.Cursor, place: Place, student: str
) -> tuple[Member, ...]:
    """Whose the submission called `student` is, in the order of the export."""
    query = "SELECT id, name FROM members WHERE (place, student) = (?, ?) ORDER BY rowid"
    return tuple([Member(id=id, name=name) for id, name in database.execute(query, [place, student])])


def number(database: sqlite3.Connection, query: str, *values: object) -> int:
    """The one number that `query` asks for."""
    [found] = database.execute(query, values).fetchone()
    return int(found)


@contextmanager
def said_of(path: Path) -> Iterator[None]:
    """What SQLite has to complain of becomes one sentence."""
    try:
        yield
    except sqlite3.Error as error:
        why = READ_ONLY if "readonly database" in str(error) else str(error)
        raise Refusal(f"Cannot use the gradebook {path}: {why}.") from error
