"""What submissions have in common: planted copies are found, honest work is not, and nothing that is compared runs."""

import os
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from functools import cache
from itertools import combinations, pairwise
from pathlib import Path
from zipfile import ZipFile

import pytest

pytest.importorskip("compare50", reason="`make extras` installs compare50")

from grader.cli import main, sentence
from grader.intake import open_class, read_anyway
from grader.report.html.similar import lines, pair_page, pieces, similar_page
from grader.report.similar import LITTLE, MUCH, Part, Similar, conclusion
from grader.similar import BadBase, Program, find_similar, handout, program
from grader.similar.programs import MOST_CHARACTERS, MOST_FILES, plain, text_of
from grader.similar.winnowing import MOST_REPEATS, RUN, lay, tokens
from grader.steps import ROOT, Step, all_steps, find
from tests.corpus import SUBMISSIONS, specimens
from tests.disguises import DISGUISES, merged

HW03 = find("hw03")
EVIL = "<script>document.title = 'evil'</script>\u202e\x1b[31m"


def quiet(what: str, done: int, total: int) -> None:
    """Nobody watches."""


def similar(
    people: Mapping[str, Mapping[str, str]],
    step: Step = HW03,
    earlier: Mapping[str, Mapping[str, str]] | None = None,
    given: Iterable[str] = (),
) -> Similar:
    """What these submissions have in common, by name and file."""
    both = [(people, ""), (earlier or {}, "last year")]
    programs = [
        program(who, {path: text.encode() for path, text in files.items()}, step.files, source)
        for some, source in both
        for who, files in some.items()
    ]
    return find_similar(programs, [*handout(step), *given], 50, quiet)


def shares(found: Similar) -> dict[frozenset[str], Fraction]:
    return {frozenset((pair.left.who, pair.right.who)): pair.share for pair in found.pairs}


@cache
def honest(step: Step) -> dict[str, dict[str, str]]:
    """The tolerant submissions that are whole programs of their own, and bring no package."""
    return {
        one.id.rpartition("/")[2]: {
            path: text_of(data) for path, data in one.submission.files.items() if path.endswith(".py")
        }
        for one in specimens(f"tolerant/{step.slug}", step)
        if (SUBMISSIONS / one.id).is_dir() and len(one.submission.files) < 12
    }


def longest(step: Step) -> str:
    return max(honest(step), key=lambda who: sum(map(len, honest(step)[who].values())))


@pytest.mark.parametrize("step", all_steps(), ids=lambda step: step.slug)
def test_planted_copies_are_on_top_however_they_are_disguised(step: Step) -> None:
    people, victim = honest(step), longest(step)
    copies = {
        name: {path: disguise(text) for path, text in people[victim].items()}
        for name, disguise in DISGUISES.items()
    }
    found = similar(people | copies, step)
    share = shares(found)
    for name in copies:
        assert share[frozenset((victim, name))] >= Fraction(3, 4), name
    assert {victim, *copies} in [set(group) for group in found.groups]
    assert set(found.groups[0]) == {victim, *copies}
    together = len(copies) * (len(copies) + 1) // 2
    assert all({pair.left.who, pair.right.who} <= {victim, *copies} for pair in found.pairs[:together])


@pytest.mark.parametrize("step", all_steps(), ids=lambda step: step.slug)
def test_honest_solutions_share_less_than_half(step: Step) -> None:
    people = honest(step)
    found = similar(people, step)
    copied = {  # their author copied files of some length between them
        frozenset(pair)
        for pair in combinations(people, 2)
        if any(len(text) > 500 for text in {*people[pair[0]].values()} & {*people[pair[1]].values()})
    }
    assert {pair for pair, share in shares(found).items() if share >= MUCH} <= copied


def test_half_of_each_of_two_is_found_beside_both() -> None:
    people = honest(HW03)
    one, other = people["selectors_states"], people["thread_per_client"]
    both = {"server.py": merged(one["server.py"], other["server.py"])}
    share = shares(similar({**people, "both": both}))
    assert max(share, key=lambda pair: share[pair]) in (
        {"both", "selectors_states"},
        {"both", "thread_per_client"},
    )


@pytest.mark.parametrize("step", all_steps(), ids=lambda step: step.slug)
def test_what_everybody_was_given_does_not_count(step: Step) -> None:
    starter = {path.name: path.read_text("utf-8") for path in step.folder.glob("*.py")}
    earlier = [one for one in all_steps() if one.number < step.number]
    before = {
        path.name: path.read_text("utf-8")
        for one in earlier[-1:]
        for path in (ROOT / "solutions" / one.slug).glob("*.py")
    }
    demos = {path.name: path.read_text("utf-8") for path in (ROOT / "lectures" / step.lecture).glob("*.py")}
    for given in (starter, before, demos):
        found = similar({"ada": given, "bob": given}, step)
        assert found.pairs == [] and found.groups == []


def test_the_demos_of_later_lectures_and_the_solution_itself_are_not_given() -> None:
    solution = (ROOT / "solutions" / HW03.slug / "server.py").read_text("utf-8")
    later = (ROOT / "lectures" / "lec07_wsgi_again" / "stage.py").read_text("utf-8")
    for text in (solution, later):
        (pair,) = similar({"ada": {"server.py": text}, "bob": {"server.py": text}}).pairs
        assert pair.share > 0


def test_a_base_is_left_out(tmp_path: Path) -> None:
    text = honest(HW03)["selectors_states"]["server.py"]
    (tmp_path / "deeper").mkdir()
    (tmp_path / "deeper" / "snippet.py").write_text(text, "utf-8")
    ada_and_bob = {"ada": {"server.py": text}, "bob": {"server.py": text}}
    assert similar(ada_and_bob).pairs[0].share == 1
    for place in (tmp_path, tmp_path / "deeper" / "snippet.py"):
        assert similar(ada_and_bob, given=handout(HW03, [place])).pairs == []
    for place in (tmp_path / "none", tmp_path / "deeper" / "none.py"):
        with pytest.raises(BadBase, match="there is no Python program in"):
            handout(HW03, [place])


def function(number: int, lines: int) -> str:
    """Two lines and so many of its own: no two numbers give what looks the same."""
    marks = ["+", "-", "*", "/", "%", "//", "**", "|", "&", "^"]
    body = "\n".join(
        f"    a = b {marks[number % 10]} {'(' * (line % 3)}c {marks[(number // 10 + line) % 10]} "
        f"d[{marks[line % 2]}a]{')' * (line % 3)}"
        for line in range(lines)
    )
    return f"def f(b, c, d):\n{body}\n"


def test_little_code_counts_as_if_it_were_more() -> None:
    def own(lines: int) -> tuple[int, Fraction]:
        text = function(3, lines)
        (pair,) = similar({"ada": {"server.py": text}, "bob": {"server.py": text}}).pairs
        return pair.left.own, pair.share

    little = [own(lines) for lines in range(6, 30)]
    assert any(size < LITTLE for size, _ in little) and any(size > LITTLE for size, _ in little)
    assert all(share == Fraction(min(size, LITTLE), LITTLE) for size, share in little)


def test_the_page_of_a_pair_says_where_little_is_counted_as_more() -> None:
    """Who divides what is marked by what is own must come to the same number as the page."""
    for number, little in ((10, True), (29, False)):
        text = function(3, number)
        (pair,) = similar({"ada": {"server.py": text}, "bob": {"server.py": text}}).pairs
        said = f"The smaller one has {pair.left.own} tokens of its own. It is counted as if it had 200,"
        assert (said in pair_page(HW03, pair, 1, 1)) is (pair.left.own < LITTLE) is little
    one, both = replace(pair.left, own=LITTLE - 1), replace(pair.left, own=LITTLE)
    assert replace(pair, left=both, right=one).little == LITTLE - 1
    assert replace(pair, left=both, right=both).little == 0


def test_where_no_pair_comes_to_half_a_copy_of_a_short_program_may_be_there() -> None:
    def said(lines: int) -> str:
        text = function(3, lines)
        found = similar({"ada": {"server.py": text}, "bob": {"server.py": text}, "eve": {"server.py": ""}})
        return conclusion(found)

    assert said(4) == (
        "No pair comes to half. A whole copy of a short program may stay below it: look at the top of the list."
    )
    assert said(29) == "1 pair shares half of its own code or more: 2 submissions in 1 group."
    assert conclusion(similar({"ada": {"server.py": function(3, 29)}})) == "No pair comes to half."


def test_earlier_submissions_count_across_and_not_among_themselves() -> None:
    text = honest(HW03)["selectors_states"]
    other = honest(HW03)["thread_per_client"]
    found = similar({"ada": text}, earlier={"old ada": text, "older ada": text, "bob": other, "bobby": other})
    assert set(shares(found)) == {frozenset(("ada", "old ada")), frozenset(("ada", "older ada"))}
    assert (found.submissions, found.earlier) == (1, 4)
    assert found.groups == [["ada", "old ada (last year)", "older ada (last year)"]]
    assert [pair.right.source for pair in found.pairs] == ["last year", "last year"]


def test_a_class_of_one_and_a_class_of_nothing() -> None:
    assert similar({"ada": honest(HW03)["selectors_states"]}).pairs == []
    found = similar({"ada": {"notes.txt": "x"}, "bob": {}})
    assert found.pairs == []
    assert found.remarks == ["ada: there is no Python program", "bob: there is no Python program"]


def test_passages_are_disjoint_and_their_texts_are_alike() -> None:
    people = honest(HW03)
    text = people["selectors_states"]["server.py"]
    (pair,) = similar({"ada": {"server.py": text}, "bob": {"server.py": DISGUISES["renamed"](text)}}).pairs
    assert pair.passages and pair.share == 1
    assert 0 < pair.spelled < 1
    for side in ("left", "right"):
        parts = sorted(getattr(passage, side) for passage in pair.passages)
        assert all(one.end <= other.start for one, other in pairwise(parts))
        assert not {*parts} & {*getattr(pair, side).given}
    (same,) = similar({"ada": {"server.py": text}, "bob": {"server.py": text}}).pairs
    assert same.spelled == 1
    for passage in same.passages:
        assert text[passage.left.start : passage.left.end] == text[passage.right.start : passage.right.end]


def test_nothing_is_run_and_no_name_becomes_a_path(tmp_path: Path) -> None:
    trap = tmp_path / "trap"
    code = f"import pathlib\npathlib.Path({str(trap)!r}).write_text('it ran')\n" + function(1, 30)
    names = {"../../escapes.py": code, "/absolute.py": code, "conftest.py": code, "compare50.py": code}
    found = similar({EVIL: names, "../../bob": names, "nul\0.py": {"sitecustomize.py": code}})
    assert found.pairs and not trap.exists()
    laid = lay(tmp_path, 7, names.values())
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.py")) == [
        f"s0007/f{number:02}.py" for number in range(4)
    ]
    assert len(tokens(laid)) == 4


def test_hostile_text_is_only_text_on_the_pages() -> None:
    code = f"x = '''{EVIL}'''  # {EVIL}\n" + function(1, 40) + "y = '" + "A" * 100_000 + "'\n"
    found = similar({EVIL: {f"{EVIL}.py": code}, "bob" + "B" * 1000: {"server.py": code}})
    pages = [similar_page(HW03, found), pair_page(HW03, found.pairs[0], 1, 1)]
    for page in pages:
        assert "<script" not in page and "\u202e" not in page and "\x1b" not in page
        assert "&lt;script&gt;document.title" in page and "\\u202e" in page
        assert "script-src" not in page and "default-src &#39;none&#39;" in page
        assert len(page) < 50_000
        for address in re.findall(r'(?:href|src|action)="([^"]*)"', page):
            assert re.fullmatch(r"#[lr]\d+|pairs/\d+\.html|\.\./index\.html|\.\./pairs/\d+\.html", address)
        assert "no verdict" in page and "No score depends on it" in page


def test_a_side_is_shown_to_the_letter() -> None:
    text = "a\n\n  b c\nd"
    marks = [(Part(0, 0, 1), "p0", 1), (Part(0, 5, 9), "p1", 2)]
    shown = list(lines(pieces(text, marks)))
    assert "\n".join("".join(piece.text for piece in line) for line in shown) == text
    assert [piece.begins for line in shown for piece in line if piece.begins] == [1, 2]
    assert [piece.text for line in shown for piece in line if piece.look == "p1"] == ["b c", ""]


@pytest.mark.parametrize(
    "data",
    [
        "é = 1\n".encode(),
        "é = 1\r\n".encode(),
        b"\xef\xbb\xbf" + "é = 1\r".encode(),
        "é = 1\n".encode("utf-16"),
        "é = 1\r\n".encode("utf-32"),
        "é = 1\n".encode("latin-1"),
    ],
)
def test_a_program_is_read_however_it_was_saved(data: bytes) -> None:
    assert text_of(data) == "é = 1\n"


def test_letters_that_are_not_ascii_keep_their_places() -> None:
    text = "naïve = '世界'\u2028# \u202e\x00\x0c\ty\n"
    assert plain(text) == "naxve = 'xx' # xx  y\n"
    assert len(plain(text)) == len(text)


def test_long_blanks_are_one_comment_and_short_ones_stay() -> None:
    for blanks, changed in ((199, False), (200, True)):
        text = "a" + " " * (blanks - 1) + "\n\n    b"
        assert len(plain(text)) == len(text)
        assert ("#" in plain(text)) is changed
        assert plain(text).endswith("\n    b")


def test_a_submission_has_bounds() -> None:
    def cut(files: Mapping[str, str]) -> Program:
        return program("ada", {path: text.encode() for path, text in files.items()}, ["server.py"])

    many = {f"m{number:03}.py": "x = 1\n" for number in range(MOST_FILES - 1)}
    assert not cut(many | {"server.py": ""}).cut
    more = cut(many | {"n.py": "", "server.py": ""})
    assert more.cut and next(iter(more.texts)) == "server.py" and len(more.texts) == MOST_FILES
    assert not cut({"server.py": "x" * MOST_CHARACTERS}).cut
    long = cut({"server.py": "x" * (MOST_CHARACTERS + 1)})
    assert long.cut and len(long.texts["server.py"]) == MOST_CHARACTERS
    assert cut({"a.py": "x" * MOST_CHARACTERS, "b.py": "x"}).cut


def test_one_run_counts_so_many_times_and_no_more(tmp_path: Path) -> None:
    for statements, counted in ((RUN + MOST_REPEATS - 1, True), (RUN + MOST_REPEATS, False)):
        found = tokens(lay(tmp_path, statements, ["x " * statements]))
        assert (len(found[0]) == statements) is counted
        assert len(found[0]) <= RUN + MOST_REPEATS - 1


def write_class(folder: Path, people: Mapping[str, Mapping[str, str]]) -> Path:
    for who, files in people.items():
        (folder / who).mkdir(parents=True)
        for path, text in files.items():
            (folder / who / path).write_text(text, "utf-8")
    return folder


@pytest.fixture
def copies(tmp_path: Path) -> Path:
    """A class in which bob has what ada has, and cy what dee has; eve's file is called wrongly."""
    people = honest(HW03)
    one, other = people["selectors_states"], people["reads_the_body_first"]
    return write_class(
        tmp_path / "class",
        {"ada": one, "bob": one, "cy": other, "dee": other, "eve": {"Server.PY": one["server.py"]}},
    )


def test_the_command(copies: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    assert main(["similar", "hw03", str(copies), "--out", str(out)]) == 0
    shown = capsys.readouterr().out
    assert "4 pairs share half of their own code or more: 5 submissions in 2 groups." in shown
    assert "This is evidence to be looked at, and no verdict." in shown
    assert "5 submissions taken apart" in shown and "4 likeliest pairs compared" in shown
    assert sorted(page.name for page in (out / "pairs").iterdir()) == [f"00{n}.html" for n in (1, 2, 3, 4)]
    page = (out / "index.html").read_text("utf-8")
    assert "<bdi>ada</bdi>, <bdi>bob</bdi>, <bdi>eve</bdi>" in page
    assert main(["similar", "hw03", str(copies), "--out", str(out), "--most", "1"]) == 0
    assert [page.name for page in (out / "pairs").iterdir()] == ["001.html"], "the pages of the last run stay"
    assert "and 3 more that share" in (out / "index.html").read_text("utf-8")


def test_earlier_exports_and_archives(
    copies: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    packed = tmp_path / "last year.zip"
    with ZipFile(packed, "w") as archive:
        archive.write(copies / "ada" / "server.py", "zoe/server.py")
    one = write_class(tmp_path / "one", {"ada": {"server.py": (copies / "bob" / "server.py").read_text()}})
    out = tmp_path / "out"
    assert main(["similar", "hw03", str(one), str(packed), "--out", str(out)]) == 0
    assert "zoe (last year.zip)" in (out / "index.html").read_text("utf-8")
    assert "1 submission · compared with 1 earlier one" in capsys.readouterr().out


def test_what_cannot_be_judged_is_compared_nevertheless(copies: Path) -> None:
    with ZipFile(copies / "fay.zip", "w") as archive:
        archive.writestr("Server.PY", "x = 1")
    (copies / "guy.zip").write_bytes(b"no archive")
    with open_class(copies, HW03) as found:
        files = {one.identity: read_anyway(one, HW03) for one in found.handed}
    assert list(files["eve"]) == list(files["fay"]) == ["Server.PY"]
    assert files["guy"] == {}


def test_two_runs_say_the_same_whatever_the_hashes_are(copies: Path, tmp_path: Path) -> None:
    pages = []
    for seed in ("1", "2"):
        out = tmp_path / seed
        command = [sys.executable, "-m", "grader", "similar", "hw03", str(copies), "--out", str(out)]
        environment = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": "C"}
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)
        assert not done.stderr
        pages.append({page.relative_to(out): page.read_bytes() for page in out.rglob("*.html")})
    assert pages[0] == pages[1] and len(pages[0]) == 5


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("--most 0", "--most must be from 1 to 500."),
        ("--most 501", "--most must be from 1 to 500."),
        ("--base {out}/none", "there is no Python program in"),
        ("--out {foreign}", "index.html would be lost, and tells of no similar submissions: choose another"),
        ("--out {graded}", "holds the results of a class, whose index.html would be lost: say --out"),
    ],
)
def test_wrong_use_is_one_sentence(
    words: str, told: str, copies: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    graded = tmp_path / "graded"
    graded.mkdir()
    (graded / "gradebook.sqlite").touch()
    foreign = tmp_path / "foreign"
    foreign.mkdir()
    (foreign / "index.html").write_bytes(b"<h1>a page of somebody's own \xff</h1>")
    out = tmp_path / "out"
    command = [
        "similar",
        "hw03",
        str(copies),
        "--out",
        str(out),
        *words.format(out=out, graded=graded, foreign=foreign).split(),
    ]
    assert main(command) == 2
    shown = capsys.readouterr().err
    assert told in shown and len(shown.splitlines()) == 1
    assert not out.exists()


def test_without_compare50_there_is_one_sentence(copies: Path, tmp_path: Path) -> None:
    program = "import sys; sys.modules['compare50'] = None; from grader.cli import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", program, "similar", "hw03", str(copies), "--out", str(tmp_path / "out")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == "grader: compare50 is missing, which `similar` needs: `make extras` installs it.\n"


@pytest.mark.parametrize("name", ["distributed", "cryptography.x509"])
def test_the_extras_of_a_cluster_have_their_sentence(name: str) -> None:
    told = sentence(ModuleNotFoundError(name=name))
    assert told == f"{name.partition('.')[0]} is missing, which a cluster needs: `make extras` installs it."
    assert "requirements.lock" in sentence(ModuleNotFoundError(name="rich"))


def test_pairs_that_are_not_counted_are_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    text = {"server.py": function(3, 40)}
    for bound, uncounted in ((4, False), (3, True), (2, True)):
        monkeypatch.setattr("grader.similar.ranking.CLOSELY", bound)
        monkeypatch.setattr("grader.similar.finding.CLOSELY", bound)
        found = similar({"ada": text, "bob": text, "cy": text})
        assert found.uncounted is uncounted
        assert conclusion(found).startswith("At least" if uncounted else "3 pairs share half")
        assert found.groups == [["ada", "bob", "cy"]]
