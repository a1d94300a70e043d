"""What the user typed goes into a field-line: a CRLF in it begins a field-line of the user's own."""

from collections.abc import Callable
from http.client import HTTPResponse
from urllib.parse import quote, unquote_plus

from stage import connected

TYPED = unquote_plus("Ada%0D%0ASet-Cookie:+admin=yes")  # from the body of a request


def careless(name: str) -> bytes:
    return field_line("Location", f"/hello?name={name}")


def encoded(name: str) -> bytes:
    return field_line("Location", f"/hello?name={quote(name, safe='')}")


def checked(name: str) -> bytes:
    return checked_field_line("Location", f"/hello?name={name}")


def field_line(name: str, value: str) -> bytes:
    """A field-line with its CRLF."""
    return f"{name}: {value}\r\n".encode()


def checked_field_line(name: str, value: str) -> bytes:
    """The same. Raises ValueError for a value that would end it early (RFC 9110, section 5.5)."""
    if any(character in value for character in "\r\n\0"):
        raise ValueError("CR, LF or NUL in a field value")
    return field_line(name, value)


def seen_by_client(write: Callable[[str], bytes]) -> list[tuple[str, str]]:
    """The fields that a client reads from a redirect."""
    client, server = connected()
    with client, server:
        server.sendall(b"HTTP/1.1 302 Found\r\n" + write(TYPED) + b"Content-Length: 0\r\n\r\n")
        with HTTPResponse(client) as response:
            response.begin()
            return response.getheaders()


if __name__ == "__main__":
    for write in (careless, encoded, checked):
        print(f"\n# {write.__name__}")
        try:
            for name, value in seen_by_client(write):
                print(f"{name}: {value}")
        except ValueError as error:
            print(f"ValueError: {error}")
