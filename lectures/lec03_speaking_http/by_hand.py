"""A response put together by hand, and what Python's own client reads in it."""

from http.client import HTTPResponse

from stage import ends, heading, tell

LINES = (
    b"HTTP/1.1 200 OK",
    b"Content-Type: text/plain; charset=utf-8",
    b"Content-Length: 13",
    b"",
    b"Good morning\n",
)


def main() -> None:
    heading("One exchange")
    with ends() as (client, server):
        client.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        server.recv(4096)
        server.sendall(b"\r\n".join(LINES))
        server.close()
        with HTTPResponse(client) as answer:
            answer.begin()
            tell("client", f"status {answer.status}, reason {answer.reason!r}")
            tell("client", f"media type {answer.headers.get_content_type()!r}")
            tell("client", f"body {answer.read()!r}")


if __name__ == "__main__":
    main()
