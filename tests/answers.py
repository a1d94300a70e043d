"""A client to whom an answer comes, and a server that answers every client alike, without any socket."""

from collections.abc import Callable
from typing import cast

import pytest

from grader.expect.mismatch import Mismatch
from grader.wire import Client, Ended, Received, Server
from grader.wire.http import Reader, Response

OK = b"HTTP/1.1 200 OK\r\n"
TWO = OK + b"Content-Length: 2\r\n\r\n"
GET = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"


class Pieces:
    """A client to whom these pieces come, and then nothing more, for this reason."""

    def __init__(self, *pieces: bytes, ended: Ended = Ended.EOF) -> None:
        self.pieces, self.ended = list(pieces), ended

    def receive_some(self) -> Received:
        return Received(self.pieces.pop(0), Ended.ENOUGH) if self.pieces else Received(b"", self.ended)

    def surplus(self) -> bytes:
        data, self.pieces = b"".join(self.pieces), []
        return data

    def unread(self, data: bytes) -> None:
        self.pieces[:0] = [data] if data else []

    def send(self, data: bytes) -> None: ...

    def close(self) -> None: ...


def client(*pieces: bytes, ended: Ended = Ended.EOF) -> Client:
    return cast(Client, Pieces(*pieces, ended=ended))


class Answering:
    """A server that answers every client alike."""

    def __init__(self, *pieces: bytes, ended: Ended = Ended.EOF) -> None:
        self.pieces, self.ended, self.begun = pieces, ended, 0

    def connect(self) -> Client:
        return client(*self.pieces, ended=self.ended)

    def begin_anew(self) -> None:
        self.begun += 1


def server(*pieces: bytes, ended: Ended = Ended.EOF) -> Server:
    return cast(Server, Answering(*pieces, ended=ended))


def read(raw: bytes, method: str = "GET") -> Response:
    """The response that `raw` is, with the end of the stream behind it."""
    response = Reader(method).feed(raw, ended=True)
    assert response is not None
    return response


def mismatch(expectation: Callable[[], object]) -> Mismatch:
    """The Mismatch that it raises."""
    with pytest.raises(Mismatch) as raised:
        expectation()
    return raised.value
