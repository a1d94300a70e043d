"""A server for forms: it reads requests with their bodies, and lets pages.py say what is answered.

Run it with `python3 server.py HOST PORT`; Ctrl-C stops it.
"""

import socket
import sys
from http import HTTPStatus

from request import BadRequest, Request, RequestParser

METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH")
TEXT = ("Content-Type", "text/plain; charset=utf-8")


def read_request(connection: socket.socket) -> Request | None:
    """Receives one request. Returns None if the client ends its stream before it has sent a byte.

    Raises BadRequest, also when the stream ends in the middle of a request; OSError when the connection breaks.
    """
    parser = RequestParser()
    request, begun = None, False
    while request is None:
        chunk = connection.recv(65536)
        if not chunk and begun:
            raise BadRequest(400, "the request ended in its middle")
        if not chunk:
            return None
        begun = True
        request = parser.feed(chunk)
    return request


def answer_to(request: Request) -> tuple[str, list[tuple[str, str]], bytes]:
    """What is answered: a status ("200 OK"), the names and values of fields, and the message body.

    A method that is none of RFC 9110, section 9.1, or PATCH, is 501; a POST that does not state the length of its
    body is 411; a form that cannot be read is 400. All else is up to `respond` of pages.py.
    """
    # TODO: each request has its answer: a refusal of 501, 411 or 400, or what `respond` returns for its form.
    raise NotImplementedError("answer_to")


def refusal(status: int, reason: str) -> tuple[str, list[tuple[str, str]], bytes]:
    """What is answered where there is nothing to give: the status, and `reason` in the message body."""
    return f"{status} {HTTPStatus(status).phrase}", [TEXT], f"{reason}\n".encode()


def response(status: str, fields: list[tuple[str, str]], body: bytes) -> bytes:
    """The bytes of a response: status-line, field-lines, an empty line, `body` (RFC 9112, section 2.1).

    `status` is a status-code and a reason-phrase, "200 OK". `fields` are the names and values of the fields.
    Content-Length, in bytes, and Connection: close are added to them.
    """
    lines = [f"HTTP/1.1 {status}"]
    lines += [f"{name}: {value}" for name, value in fields]
    lines += [f"Content-Length: {len(body)}", "Connection: close"]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def answer(connection: socket.socket) -> None:
    """Reads one request and answers it; sends nothing if the client ends its stream without a request.

    Raises OSError when the connection breaks.
    """
    try:
        request = read_request(connection)
        answered = None if request is None else answer_to(request)
    except BadRequest as bad:
        answered = refusal(bad.status, bad.reason)
    if answered is not None:
        connection.sendall(response(*answered))


def finish(connection: socket.socket) -> None:
    """Ends the sending, and receives what the client still sends until its end of stream (RFC 9112, section 9.6).

    A connection that is closed with bytes unread is reset, and the client may lose the end of the response.
    Raises OSError when the connection breaks.
    """
    connection.shutdown(socket.SHUT_WR)
    while connection.recv(65536):
        pass


def serve(host: str, port: int) -> None:
    """Listens on `port` of `host` (a name or an IPv4 address), and serves client after client until stopped.

    Each connection is closed explicitly. A connection that breaks (OSError) does no harm to the next client.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        # Without this a restarted server finds its port taken by the connections of the old one.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen()
        while True:
            connection, _ = listener.accept()
            try:
                answer(connection)
                finish(connection)
            except OSError as error:
                print(f"A client is lost: {error}", file=sys.stderr)
            finally:
                connection.close()


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
