"""Three ways from the bytes of a path to PATH_INFO, and what an application can make of each."""

from urllib.parse import unquote, unquote_to_bytes


def as_it_came(path: bytes) -> str:
    return path.decode("ascii")


def guessed(path: bytes) -> str:
    return unquote(path.decode("ascii"))


def as_bytes(path: bytes) -> str:
    """Decode the percents, once, and keep each byte as the character of the same number."""
    return unquote_to_bytes(path).decode("latin-1")


def understood(path_info: str) -> str:
    """What every application does, as lecture 2 told it to."""
    try:
        return repr(path_info.encode("latin-1").decode("utf-8"))
    except UnicodeError as error:
        return type(error).__name__


if __name__ == "__main__":
    for server in (as_it_came, guessed, as_bytes):
        print(f"\n# {server.__name__}()\n{'in the request':20} {'PATH_INFO':20} the application reads")
        for path in (b"/hello", b"/caf%C3%A9", b"/100%2525"):
            path_info = server(path)
            print(f"{path!r:20} {path_info!r:20} {understood(path_info)}")
