"""The lesson card: what one failed check has to say, in the order in which a student asks.

What was done to my program, what should have come, what came, where my program was, what that is called,
where to read about it, how to see it again, and how to ask for a hint.
"""

from collections.abc import Iterator, Sequence

from rich.text import Text

from grader.checks.hints import hint_command
from grader.outcome import Card, Event, Excerpt, Level, Result, Visibility
from grader.report.octets import ROWS, compare, rows
from grader.report.pen import Pen, counted

MARGIN = 5  # columns before a label
INDENT = 19  # columns before what stands beside it
TRACEBACK = 14  # lines of the student's traceback, which matters
CHATTER = 5  # lines of anything else that the program printed
EVENTS = 14  # lines of the exchange, about
WHOLE = 10  # lines of one thing that was sent, if it is not longer than what was kept of it
COMMAND = 500  # characters: a longer command is not for people

# Level: the mark of a failed check, its style, and what it costs where it is not points.
FAILED = {
    Level.MUST: ("✗", "bold red", ""),
    Level.SHOULD: ("!", "bold yellow", "warning"),
    Level.MAY: ("·", "dim", "for your information"),
}
HELD_BACK = {
    Visibility.AFTER_DEADLINE: "what it sends is told after the deadline",
    Visibility.HIDDEN: "this check tells no more than its title",
}
# What a client notices is told under "we got": the end of an exchange need not repeat it.
NOTICED = frozenset({"receives", "sees the end of the stream", "sees a reset", "waits in vain"})


def card(result: Result, step: str, pen: Pen) -> Iterator[Text]:
    """The lines of one failed check of `step`: all of it, or the title where the card is kept back."""
    mark, style, cost = FAILED[result.level]
    points = pen.text(cost or f"{result.earned}/{result.points}", style)
    yield from pen.opposite(
        Text.assemble("  ", pen.text(mark, style), "  "), pen.text(result.title, "bold"), points
    )
    if result.visibility is not Visibility.VISIBLE:
        yield from pen.hang(Text(), MARGIN, [pen.text(HELD_BACK[result.visibility], "dim")])
        return
    if result.card is None:
        return
    yield Text()
    for label, body in blocks(result.card, result, pen):
        if body:
            yield from pen.hang(pen.text(" " * MARGIN + label, "cyan"), INDENT, body)
    for label, command in commands(result, result.card, step):
        if 0 < len(command) <= COMMAND:
            yield from to_copy(label, command, pen)


def blocks(card: Card, result: Result, pen: Pen) -> Iterator[tuple[str, list[Text]]]:
    """The labels of a card, and what stands beside each."""
    wanted, came, caret = comparison(card, pen)
    rule = result.level if result.rule in card.expected else f"{result.level} · {result.rule}"
    expected = Text.assemble(pen.text(card.expected), pen.text(f"  ({rule})", "dim"))
    sent = any(event.action == "sends" for event in card.sent)
    yield "we sent" if sent else "we did", shortened(list(exchange(card.sent, pen)), pen)
    yield "expected", [expected, *wanted]
    yield "we got", [pen.text(card.got), *came, *caret]
    where = [row for line in card.where[-6:] for row in behind(Text("  "), pen.text(line, "bold", 300), pen)]
    yield "your program", [*lines_of(card.diagnosis, pen), *where]
    yield "it printed", list(printed(card.printed, pen))
    yield "what it is", lines_of(card.fault, pen, "bold yellow")
    yield "read", lines_of(card.read, pen)


def commands(result: Result, card: Card, step: str) -> Iterator[tuple[str, str]]:
    """What a student can type next. Who checks by make asks by make."""
    by_make = card.again.startswith("make ")
    yield "again", card.again
    yield "by hand", card.by_hand
    if card.again:
        yield "a hint", hint_command(step.partition("_")[0], result.id, by_make=by_make)


def lines_of(content: str, pen: Pen, style: str = "") -> list[Text]:
    """`content`, or nothing where there is none."""
    return [pen.text(content, style)] if content else []


def comparison(card: Card, pen: Pen) -> tuple[list[Text], list[Text], list[Text]]:
    """The bytes that were wanted, those that came, and the caret under the first wrong one, where known."""
    width = pen.width - INDENT - 2
    if card.came is None:
        return [], [], []
    if card.offset is None or not all(holds(side, card.offset) for side in (card.wanted, card.came)):
        return [], [pen.text(f"  {row}") for row in rows(card.came, pen, width)], []
    wanted, came, caret = compare(card.wanted, card.came, card.offset, pen, width)
    ends = card.came.total == card.offset
    remark = " the bytes end here" if ends and len(caret) + 20 <= width else ""
    below = pen.text(f"  {caret}{remark}", "bold red")
    return lines_of(wanted and f"  {wanted}", pen), [pen.text(f"  {came}")], [below]


def holds(excerpt: Excerpt | None, offset: int) -> bool:
    """Whether the byte at `offset`, or the end of the bytes there, is in the excerpt, if there is one."""
    return excerpt is None or excerpt.start <= offset <= excerpt.start + len(excerpt.data)


def exchange(events: Sequence[Event], pen: Pen) -> Iterator[Text]:
    """What the clients did, in order. Bytes that were sent are numbered, by segment or else by client."""
    events = told(events)
    several = len({event.connection for event in events if event.connection}) > 1
    sends = sum(event.action == "sends" for event in events)
    bare = not sends or (len(events) == 1 and not events[0].note)  # nothing to tell apart: no bar
    number = 0
    widest = 8 if several else len(str(sends))
    for event in events:
        client = f"client {event.connection}" if several else "the client"
        if event.action == "sends" and event.excerpt:
            number += 1
            label = client if several else str(number)
            most = WHOLE if event.excerpt.total == len(event.excerpt.data) else ROWS
            for row in rows(event.excerpt, pen, pen.width - INDENT - widest - 3, most):
                yield Text.assemble("" if bare else pen.text(f"{label:>{widest}} │ ", "dim"), pen.text(row))
                label = ""
            remark = event.note
        else:
            done = " ".join(filter(None, [event.action, received(event.excerpt, pen)]))
            remark = f"{client if event.connection else 'your program'} {done}" + f": {event.note}" * bool(
                event.note
            )
        if remark:
            yield from behind(
                pen.text("" if bare else f"{'':{widest}} ┆ ", "dim"), pen.text(f"({remark})", "dim"), pen
            )


def told(events: Sequence[Event]) -> list[Event]:
    """The events that an exchange tells: without what goes without saying, and without what "we got" says."""
    stop = len(events)
    while stop and events[stop - 1].action in NOTICED:
        stop -= 1
    followers = [*events[1:stop], None]
    return [
        event
        for event, next_one in zip(events[:stop], followers, strict=stop > 0)
        if not implied(event, next_one)
    ]


def implied(event: Event, following: Event | None) -> bool:
    """Whether `event` goes without saying: who sends has connected, and to whom one connects has been started."""
    sends = following is not None and following.action == "sends" and following.connection == event.connection
    return event.action == "is started" or (event.action == "connects" and sends)


def behind(bar: Text, content: Text, pen: Pen) -> Iterator[Text]:
    """The lines of `content`, each behind `bar`."""
    for line in pen.wrap(content, pen.width - INDENT - bar.cell_len):
        yield Text.assemble(bar, line)


def received(excerpt: Excerpt | None, pen: Pen) -> str:
    """The bytes of an event that is told in one line."""
    return next(rows(excerpt, pen, 30, 1)) if excerpt else ""


def shortened(lines: list[Text], pen: Pen) -> list[Text]:
    """The lines, without the middle where there are many."""
    if len(lines) <= EVENTS + 2:
        return lines
    return [*lines[: EVENTS // 2], pen.text("… and so on …", "dim"), *lines[-EVENTS // 2 :]]


def printed(content: str, pen: Pen) -> Iterator[Text]:
    """The end of what the student's program printed: its last traceback, or else a few lines."""
    lines = content.rstrip().split("\n") if content.strip() else []
    tracebacks = [number for number, line in enumerate(lines) if "Traceback (most recent call last)" in line]
    shown = min(len(lines) - tracebacks[-1], TRACEBACK) if tracebacks else CHATTER
    bar = pen.text("│ ", "dim")
    if len(lines) > shown:
        yield from behind(bar, pen.text(f"… {counted(len(lines) - shown, 'line')} before", "dim"), pen)
    for line in lines[-shown:]:
        yield from behind(bar, pen.text(line, longest=300), pen)


def to_copy(label: str, command: str, pen: Pen) -> Iterator[Text]:
    """A command: beside its label, or whole on a line of its own, so that it can be copied."""
    name, text = pen.text(" " * MARGIN + label, "cyan"), pen.whole("", command, "bold")
    if text.cell_len <= pen.width - INDENT:
        yield from pen.hang(name, INDENT, [text])
    else:
        yield name
        yield text
