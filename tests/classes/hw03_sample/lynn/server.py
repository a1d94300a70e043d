"""A server that speaks HTTP: it reads the head of a request, and answers every request with one page.

Run it with `python3 server.py HOST PORT`; Ctrl-C stops it.
"""

import socket
import sys

PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>It speaks</title></head>
<body><p>Grüß Gott, 世界! This server speaks HTTP.</p></body>
</html>
"""


def read_head(connection: socket.socket) -> bytes:
    """Receives the head of a request: everything up to its empty line.

    Returns the bytes received, which end in CRLF CRLF or go on behind it with the beginning of a message body.
    Returns b"" if the client ends its stream before. Raises OSError when the connection breaks.
    """
    # TODO: the bytes returned hold the whole head, in however many pieces it came.
    raise NotImplementedError("read_head")


def response(status: str, fields: list[tuple[str, str]], body: bytes) -> bytes:
    """The bytes of a response: status-line, field-lines, an empty line, `body` (RFC 9112, section 2.1).

    `status` is a status-code and a reason-phrase, "200 OK". `fields` are the names and values of the fields.
    Content-Length, in bytes, and Connection: close are added to them.
    """
    # TODO: the status-line, the field-lines, the empty line and the body are one string of bytes.
    raise NotImplementedError("response")


def answer(connection: socket.socket) -> None:
    """Reads the head of one request and sends the page; sends nothing if the client ends its stream before.

    Raises OSError when the connection breaks.
    """
    # TODO: a client that has sent a head has been sent the page.
    raise NotImplementedError("answer")


def finish(connection: socket.socket) -> None:
    """Ends the sending, and receives what the client still sends until its end of stream (RFC 9112, section 9.6).

    A connection that is closed with bytes unread is reset, and the client may lose the end of the response.
    Raises OSError when the connection breaks.
    """
    # TODO: the client has seen the end of our stream, and we have seen the end of its own.
    raise NotImplementedError("finish")


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
