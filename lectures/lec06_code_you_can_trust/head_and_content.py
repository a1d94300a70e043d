"""Head and content read together: what a visitor types becomes a field-line."""

REQUEST = (
    b"POST /letters HTTP/1.1\r\nHost: letters.example\r\nContent-Type: text/plain\r\nContent-Length: 53\r\n\r\n"
    b"The party is on Friday.\r\nHost: Ada\r\nContent-Length: 0"
)


def together(request: bytes) -> dict[bytes, bytes]:
    """Every line with a colon, wherever it stands."""
    lines = request.split(b"\r\n")
    return dict(line.split(b": ", 1) for line in lines if b": " in line)


def apart(request: bytes) -> dict[bytes, bytes]:
    """The lines between the request-line and the first empty line."""
    head, _, _content = request.partition(b"\r\n\r\n")
    lines = head.split(b"\r\n")[1:]
    return dict(line.split(b": ", 1) for line in lines)


if __name__ == "__main__":
    for reader in (together, apart):
        print(f"{reader.__name__}:")
        for name, value in reader(REQUEST).items():
            print(f"    {name.decode()} is {value.decode()!r}")
