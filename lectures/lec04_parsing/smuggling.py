"""One stream of bytes, and two programs that disagree where a body ends: so a request slips past a guard."""

from collections.abc import Callable

HELLO = b"POST /hello HTTP/1.1\r\nHost: a\r\n"
SECRET = b"GET /secret HTTP/1.1\r\nHost: a\r\n\r\n"  # 33 bytes
STREAMS = {
    "both": HELLO + b"Content-Length: 38\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + SECRET,
    "twice": HELLO + b"Content-Length: 33\r\nContent-Length: 0\r\n\r\n" + SECRET,
    "a space": HELLO + b"Content-Length : 33\r\n\r\n" + SECRET,
}


def fields(head: bytes) -> list[tuple[bytes, bytes]]:
    """The names, in lower case, and the values of a head."""
    parts = [line.partition(b":") for line in head.split(b"\r\n")[1:]]
    return [(name.lower(), value) for name, _, value in parts]


def guard(head: bytes, _: bytes) -> int:
    """The size of a body, in bytes: the first Content-Length; a space before its colon is forgiven."""
    return int(next((value for name, value in fields(head) if name.strip() == b"content-length"), 0))


def chunked(head: bytes, rest: bytes) -> int:
    """The size of a body: with a Transfer-Encoding, it goes up to the chunk of size 0."""
    if b"transfer-encoding" in dict(fields(head)):
        return rest.index(b"0\r\n\r\n") + 5
    return guard(head, rest)


def dictionary(head: bytes, _: bytes) -> int:
    """The size of a body: from a dict, in which a later value replaces an earlier one."""
    return int(dict(fields(head)).get(b"content-length", 0))


def seen(stream: bytes, size: Callable[[bytes, bytes], int]) -> str:
    """The requests of a stream, for a program that measures bodies with `size`."""
    requests = []
    while stream:
        head, _, rest = stream.partition(b"\r\n\r\n")
        requests.append(head.partition(b" HTTP")[0].decode())
        stream = rest[size(head, rest) :]
    return ", then ".join(requests)


if __name__ == "__main__":
    for (name, stream), server in zip(STREAMS.items(), (chunked, dictionary, dictionary), strict=True):
        print(f"\n# {name}")
        print(f"{'guard':10} sees {seen(stream, guard)}")
        print(f"{server.__name__:10} sees {seen(stream, server)}")
