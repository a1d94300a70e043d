"""From a request-target to a path and a query: split first, decode afterwards, and once."""

from urllib.parse import unquote_to_bytes, urlsplit

TARGETS = [
    b"/ada",
    b"/ada?lang=en?",
    b"/ad%C3%A1",
    b"/what%3Fnow?x=1",
    b"/100%2525",
    b"/a%2Fb",
    b"//ada/x",
    b"/x/../ada",
    b"/%2e%2e/ada",
    b"/50%",
]


def careful(target: bytes) -> tuple[bytes, bytes]:
    """Split at the first question mark, then decode the path once. The query stays as it came."""
    path, _, query = target.partition(b"?")
    return unquote_to_bytes(path), query


def decodes_first(target: bytes) -> tuple[bytes, bytes]:
    """A mistake: a question mark that was written as %3F is taken for the one that splits."""
    path, _, query = unquote_to_bytes(target).partition(b"?")
    return path, query


def decodes_twice(target: bytes) -> tuple[bytes, bytes]:
    """A mistake, and often made of two functions that both mean well."""
    path, query = careful(target)
    return unquote_to_bytes(path), query


def as_an_address(target: bytes) -> tuple[bytes, bytes]:
    """A mistake: urlsplit() is made for whole URLs, in which a host follows //."""
    parts = urlsplit(target)
    return unquote_to_bytes(parts.path), parts.query


if __name__ == "__main__":
    for target in TARGETS:
        right = careful(target)
        print(f"{target.decode():16} {right[0]!r:17} {right[1]!r}")
        for wrong in (decodes_first, decodes_twice, as_an_address):
            if wrong(target) != right:
                path, query = wrong(target)
                print(f"{'':16} {path!r:17} {query!r:12} {wrong.__name__}()")
