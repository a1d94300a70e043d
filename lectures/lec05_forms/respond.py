"""An application that knows no sockets: tried by calling it, and then served through one."""

import re
import socket
from html import escape
from urllib.parse import parse_qs

from stage import exchange, lines, receive_head, request

Form = dict[str, list[str]]  # each name, with its values in the order in which they came
Answer = tuple[str, list[tuple[str, str]], str]  # status, fields, page


def ask(_form: Form) -> Answer:
    return "200 OK", [], '<form action="/double"><input name="n"><button>Double it</button></form>'


def double(form: Form) -> Answer:
    typed = form.get("n", [""])[0]
    if not re.fullmatch("[0-9]{1,9}", typed):
        return "400 Bad Request", [], f"<p>{escape(typed)} is no number for us.</p>"
    return "200 OK", [], f"<p>{2 * int(typed)}</p>"


PAGES = {  # a path: a function for each method that it knows
    "/": {"GET": ask},
    "/double": {"GET": double, "POST": double},
}


def respond(method: str, path: str, form: Form) -> Answer:
    """What we say to a request. `path` is without the query string."""
    if path not in PAGES:
        return "404 Not Found", [], "<p>There is no such page.</p>"
    if method not in PAGES[path]:
        return "405 Method Not Allowed", [("Allow", ", ".join(PAGES[path]))], "<p>Not in this way.</p>"
    return PAGES[path][method](form)


def serve(connection: socket.socket) -> None:
    """The socket's side, without message bodies: bytes in, one call, bytes out."""
    head, _ = receive_head(connection)
    path, _, query = head.target.partition("?")
    status, fields, page = respond(head.method, path, parse_qs(query, keep_blank_values=True))
    fields += [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(page.encode())))]
    field_lines = "".join(f"{name}: {value}\r\n" for name, value in fields)
    connection.sendall(f"HTTP/1.1 {status}\r\n{field_lines}\r\n{page}".encode())


if __name__ == "__main__":
    print(respond("GET", "/double", {"n": ["21"]}))
    print(respond("POST", "/double", {"n": ["<b>"]}))
    print(respond("GET", "/triple", {"n": ["21"]}))
    print(respond("PUT", "/double", {"n": ["21"]}))
    print("\n# Through a socket")
    lines(exchange(request("GET", "/double?n=21"), serve))
