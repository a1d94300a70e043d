"""What came back for a request: a Response, or the evidence of why there is none."""

from dataclasses import dataclass

from grader.wire.client import Client, Ended
from grader.wire.head import Head, Malformed
from grader.wire.http import Reader, Response

MOST = 64 << 20  # bytes of an answer, after which no more is read


@dataclass(frozen=True, slots=True)
class Answer:
    """`data` is all that was read for it. Either `response` or `malformed`, or the waiting `ended` in vain."""

    data: bytes
    ended: Ended
    doing: str = ""  # what the server does instead of answering
    response: Response | None = None
    malformed: Malformed | None = None
    head: Head | None = None  # where that came at least
    missing: int | None = None  # bytes of the body that did not come, where its length was stated


class NoAnswer(Exception):
    """There is no response to this `request`; `answer` is the evidence."""

    def __init__(self, request: bytes, answer: Answer) -> None:
        super().__init__(f"no response: {answer.ended}")
        self.request, self.answer = request, answer


def read_answer(client: Client, method: str = "GET") -> Answer:
    """Reads one response, the answer to a request with this method, and nothing beyond its last byte."""
    reader = Reader(method)
    while True:
        received = client.receive_some()
        over = not received.data
        try:
            response = reader.feed(received.data, ended=received.ended is Ended.EOF)
        except Malformed as malformed:
            return Answer(bytes(reader.data), received.ended, received.doing, None, malformed, reader.head)
        if response is not None:
            client.unread(reader.surplus)
            return Answer(response.raw, Ended.ENOUGH, "", response, None, reader.head)
        if over or len(reader.data) > MOST:
            ended = received.ended if over else Ended.CAP
            return Answer(
                bytes(reader.data), ended, received.doing, None, None, reader.head, reader.missing()
            )
