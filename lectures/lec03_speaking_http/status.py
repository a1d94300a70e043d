"""Which part of a status-line a client obeys: what urllib does with one page under many status-lines."""

import socket
import threading
from urllib.error import HTTPError
from urllib.request import ProxyHandler, build_opener

STATUSES = ("200 OK", "200 Not Found", "404 OK", "404 ", "204 OK", "299 Odd", "499 Odd", "599 Odd")
OPENER = build_opener(ProxyHandler({}))  # ours is no server to ask a proxy for


def serve(listener: socket.socket) -> None:
    """Answer one client after another with the same page, each under the next status."""
    for status in STATUSES:
        connection, _ = listener.accept()
        with connection:
            connection.recv(4096)  # too simple: see "Where the head ends"
            connection.sendall(f"HTTP/1.1 {status}\r\nContent-Length: 2\r\n\r\nHi".encode("ascii"))


def outcome(url: str) -> str:
    """What urllib makes of the next answer."""
    try:
        with OPENER.open(url) as response:
            return f"returns a response, body {response.read()!r}"
    except HTTPError as error:
        with error:
            return f"raises HTTPError {error.code}"


def main() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = threading.Thread(target=serve, args=(listener,))
        server.start()
        for status in STATUSES:
            print(
                f"{'HTTP/1.1 ' + status!r:26} urllib {outcome(f'http://127.0.0.1:{listener.getsockname()[1]}/')}"
            )
        server.join()


if __name__ == "__main__":
    main()
