"""What is expected of an application (PEP 3333, "The Application/Framework Side"), judged on the frames of one call.

The rules stand in the order in which a server meets them. A check is about one of them; whoever wants more of an
answer asks `keeps` first, so that a broken rule is told before what follows from it.
"""

import re
from collections.abc import Callable

from grader.bridge.answer import Answer, looks, pair_of, short
from grader.bridge.frames import Chunk, Raised, Returned, StartResponse, TooLong, Write
from grader.expect.contract_faults import HOP_BY_HOP, began_before, fault_of
from grader.expect.mismatch import ALIVE, Mismatch
from grader.wire import Ended, NotListening

STATUS = re.compile(r"[1-9]\d\d [\x21-\x7e\xa1-\xff]([\x20-\x7e\xa0-\xff]*[\x21-\x7e\xa1-\xff])?")
TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
VALUE = re.compile(r"[\t\x20-\x7e\x80-\xff]*")

HOW_IT_ENDED = {
    Ended.EOF: "the connection to your application was closed before the call was over",
    Ended.RESET: "the connection to your application was reset before the call was over",
    Ended.REFUSED: "no connection to your application any more: something has closed its socket",
    Ended.STUCK: "your application waits for something that will never happen",
    Ended.SPINNING: "your application computes, and does not return",
    Ended.ASLEEP: "your application sleeps for too long",
    Ended.GONE: "your program ended",
    Ended.CAP: "the time for this check was over",
    Ended.CLOCK: "nothing came for seconds",
}


def not_imported(problem: NotListening, application: str) -> Mismatch:
    """The Mismatch where the application, "app:app", cannot be called: its module cannot be imported, or lacks it."""
    module, _, name = application.partition(":")
    listening = problem.listening
    last = problem.printed.strip().rpartition("\n")[2].strip()
    if listening.elsewhere:
        got = f"your program listens on {' and '.join(listening.elsewhere)} as soon as it is imported"
    elif listening.alive:
        got = "the import does not end"
    else:
        got = ": ".join(filter(None, (f"your program {listening.doing.removeprefix('it ')}", short(last))))
    return Mismatch(
        expected=f"{module}.py can be imported, and holds a callable named {name}",
        got=got,
        fault="the import starts a server" if listening.elsewhere else "",
        diagnosis=listening.doing if listening.alive else "",
        alive=listening.alive,
    )


def returns(answer: Answer) -> None:
    """The call comes to its end without an exception, and returned something that can be iterated."""
    error = answer.first(Raised)
    expected = "the application returns an iterable of bytes, and raises nothing"
    for long in answer.all(TooLong):
        raise broken(answer, expected, f"more than 24 KiB at once ({short(long.of)})")
    if answer.whole and (error is None or misused(answer)):
        return
    if answer.unreadable:
        got = f"something else wrote to the grader's connection ({answer.unreadable})"
        raise broken(answer, expected, got, "standard output, and no other descriptor, is for printing")
    if answer.endless:
        raise broken(answer, expected, "a body that does not end: more than 64 KiB came")
    if error is not None and answer.whole:
        raise broken(answer, expected, short(f"{error.type}: {error.message}".removesuffix(": ")))
    raise broken(answer, expected, HOW_IT_ENDED[answer.ended])


def starts_response(answer: Answer) -> None:
    """start_response was called by position, once, and before the first byte of the body."""
    expected = "start_response(status, response_headers) is called once, before the first byte of the body"
    calls = answer.all(StartResponse)
    if not calls:
        raise broken(answer, expected, "no call of it" + ", and a body" * began_before(answer))
    for call in calls:
        if call.keywords or call.count not in (2, 3):
            given = ", ".join([*map(looks, call.arguments), *(f"{name}=…" for name in call.keywords)])
            raise broken(answer, expected, short(f"start_response({given})"))
    if len(calls) > 1 and any(call.count == 2 or call.arguments[2].type == "NoneType" for call in calls[1:]):
        raise broken(answer, expected, f"{len(calls)} calls")
    if began_before(answer):
        raise broken(answer, expected, "the body had begun before")


def status_is_right(answer: Answer) -> None:
    """The status is a str such as "200 OK", and nothing around it."""
    given = answer.argument(0)
    if given is not None and answer.status is not None and STATUS.fullmatch(answer.status):
        return
    got = "none" if given is None else f"{looks(given)}, a value of type {short(given.type)}"
    raise broken(answer, 'a str of three digits, one space and a phrase, as "200 OK"', got)


def fields_are_pairs(answer: Answer) -> None:
    """The response_headers are a list of tuples of two str."""
    given = answer.argument(1)
    expected = "a list of tuples, each of two str, a field name and its value"
    if given is None or given.type != "list" or given.items is None:
        raise broken(answer, expected, "none" if given is None else f"{looks(given)}, a {short(given.type)}")
    for item in given.items:
        if pair_of(item) is None:
            raise broken(answer, expected, f"{looks(item)} is in the list")
    if given.count > len(given.items):
        raise broken(answer, expected, f"a list of {given.count} fields: more than a client would read")


def chunks_are_bytes(answer: Answer) -> None:
    """Every chunk is bytes."""
    expected = "an iterable of bytes, such as a list of one bytes object"
    result = answer.first(Returned)
    if result is not None and result.value.type in ("str", "bytes", "bytearray"):
        raise broken(answer, expected, f"{looks(result.value)}, a {result.value.type}")
    for frame in answer.frames:
        if isinstance(frame, Chunk | Write) and frame.value.chunk is None:
            raise broken(answer, expected, f"a chunk {looks(frame.value)}, of type {short(frame.value.type)}")


def fields_are_legal(answer: Answer) -> None:
    """The field names are tokens, the values hold no control characters, and none speaks of the connection."""
    for name, value in answer.fields or ():
        shown = short(repr((name, value)))
        if not TOKEN.fullmatch(name):
            raise broken(
                answer, "a field name is letters, digits and hyphens, without a colon or a space", shown
            )
        if not VALUE.fullmatch(value):
            raise broken(
                answer, "a field value is Latin-1 text without control characters or line ends", shown
            )
        if name.lower() in HOP_BY_HOP:
            raise broken(answer, "fields about the answer, none about the connection", shown)


RULES: tuple[Callable[[Answer], None], ...] = (
    returns,
    starts_response,
    status_is_right,
    fields_are_pairs,
    chunks_are_bytes,
)


def keeps(answer: Answer) -> Answer:
    """The answer keeps all the rules that a server relies on. Returns it."""
    for rule in RULES:
        rule(answer)
    return answer


def misused(answer: Answer) -> bool:
    """Whether it is start_response that raised: then that is the fault, and told by another rule."""
    calls = answer.all(StartResponse)
    return len(calls) > 1 or any(call.keywords or call.count not in (2, 3) for call in calls)


def broken(answer: Answer, expected: str, got: str, fault: str = "") -> Mismatch:
    """The Mismatch for a rule that the answer breaks."""
    return Mismatch(
        expected=expected,
        got=f"{got} ({answer.target})",
        fault=fault or fault_of(answer),
        diagnosis=answer.doing,
        alive=answer.ended in ALIVE,
        printed=answer.printed,
    )
