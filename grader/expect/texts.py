"""What is expected of an application's answers: status, text, Content-Type and Content-Length, GET against HEAD."""

from email.message import Message

from grader.bridge import Answer
from grader.bridge.answer import short
from grader.expect.contract import broken, keeps
from grader.expect.contract_faults import fault_of_text
from grader.expect.mismatch import SHOWN, Mismatch, first_difference, size
from grader.outcome import Excerpt


def has_status(answer: Answer, status: int) -> None:
    """The answer's status-code. The phrase behind it is free."""
    keeps(answer)
    assert answer.status is not None
    if int(answer.status[:3]) != status:
        raise broken(answer, f"the status-code {status}", f"the status {short(repr(answer.status))}")


def says(answer: Answer, *lines: str) -> None:
    """200, and these lines, in UTF-8. Between them stands LF, and at the end it may."""
    has_status(answer, 200)
    wanted = "\n".join(lines).encode("utf-8")
    if answer.body in (wanted, wanted + b"\n"):
        return
    offset = first_difference(wanted, answer.body)
    raise Mismatch(
        expected=f"the {size(len(wanted))} of this text, for {answer.target}",
        got=f"another body, of {size(len(answer.body))}" if answer.body else "an empty body",
        wanted=Excerpt.of(wanted, offset, SHOWN),
        came=Excerpt.of(answer.body, offset, SHOWN) if answer.body else None,
        offset=offset,
        fault=fault_of_text(wanted, answer.body),
    )


def is_plain_text(answer: Answer) -> None:
    """The Content-Type is text/plain; charset=utf-8, in whatever letters."""
    keeps(answer)
    given = values(answer, "content-type")
    message = Message()
    message["Content-Type"] = given[0] if len(given) == 1 else ""
    if (message.get_content_type(), message.get_content_charset()) != ("text/plain", "utf-8") or len(
        given
    ) != 1:
        got = " and ".join(map(repr, given)) or "no Content-Type"
        raise broken(answer, "one field Content-Type: text/plain; charset=utf-8", short(got))


def has_length(answer: Answer, length: int | None = None) -> None:
    """The Content-Length, if there is one, is the number of bytes in the body, or `length`."""
    keeps(answer)
    given = values(answer, "content-length")
    right = str(len(answer.body) if length is None else length)
    if given in ([], [right]):
        return
    characters = str(len(answer.body.decode("utf-8", "replace")))
    faults = (
        {characters: "Content-Length counts characters, not bytes"}
        if length is None
        else {"0": "the body was taken away before its length"}
    )
    raise broken(
        answer,
        f"Content-Length, if it is given: {right}, the number of bytes in the body of a GET",
        short(" and ".join(given)),
        next((faults.get(value, "") for value in given), ""),
    )


def is_head_of(head: Answer, get: Answer) -> None:
    """An answer to HEAD has the status and the fields that the one to GET has (RFC 9110, section 9.3.2)."""
    for answer in (head, get):
        keeps(answer)
    code = (get.status or "")[:3]
    if (head.status or "")[:3] != code:
        raise broken(head, f"the status-code {code}, as for GET", f"the status {short(repr(head.status))}")
    theirs, ours = values(head, "content-type"), values(get, "content-type")
    if theirs != ours:
        got = " and ".join(theirs) or "no Content-Type"
        raise broken(head, f"the Content-Type of GET, {short(' and '.join(ours))}", short(got))
    has_length(head, len(get.body))


def has_fields_of(answer: Answer, first: Answer) -> None:
    """The fields have the same names as in the `first` answer to the same request, as often each."""
    ours, theirs = (sorted(name.lower() for name, _ in each.fields or ()) for each in (first, answer))
    if ours != theirs:
        raise broken(
            answer,
            f"the fields that the first answer had: {short(', '.join(ours))}",
            short(", ".join(theirs)),
            "a list of fields is kept from call to call, and grows" * (len(theirs) > len(ours)),
        )


def is_empty(head: Answer) -> None:
    """No byte of a body came."""
    keeps(head)
    if head.body:
        raise Mismatch(
            expected="the answer to HEAD has no body: its chunks, if there are any, are empty",
            got=size(len(head.body)),
            came=Excerpt.of(head.body, 0, SHOWN),
            offset=0,
            fault="it answers HEAD as it answers GET",
        )


def leaves_input(answer: Answer) -> None:
    """wsgi.input was neither read nor closed."""
    used = answer.used_input()
    if used:
        raise broken(
            answer,
            "wsgi.input stays untouched: this request has no body, and only the server closes streams",
            f"the application calls its {' and '.join(f'{short(name)}()' for name in used)}",
        )


def passes_lint(answer: Answer) -> None:
    """WebTest's lint, between the grader and the application, found nothing."""
    keeps(answer)
    if answer.complaint:
        raise broken(answer, "webtest.lint finds nothing wrong", answer.complaint)


def values(answer: Answer, name: str) -> list[str]:
    """The values of all the fields of that name, without white space around them."""
    return [value.strip() for field, value in answer.fields or () if field.lower() == name]
