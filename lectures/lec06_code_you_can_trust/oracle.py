"""Two readings of the same bytes that know nothing of each other: where they differ, one of them is wrong."""

from urllib.parse import parse_qsl

from stage import read

QUERIES = (
    "name=Ada&age=36",
    "name=Ada+Lovelace",
    "city=M%C3%BCnchen",
    "sum=1+%2B+1=2",
    "name=",
    "tag=a&tag=b",
    "",
)


def by_hand(query: str) -> list[tuple[str, str]]:
    """The first that comes to mind."""
    pairs = dict(pair.split("=") for pair in query.split("&"))
    return list(pairs.items())


def page(text: str) -> bytes:
    """A response that says this text."""
    return f"HTTP/1.1 200 OK\r\nContent-Length: {len(text)}\r\n\r\n{text}".encode()


def compared(query: str) -> str:
    """What the reading by hand says, and what the library says where it differs."""
    try:
        mine: object = by_hand(query)
    except ValueError as error:
        mine = type(error).__name__
    theirs = parse_qsl(query, keep_blank_values=True)
    return f"both {theirs}" if mine == theirs else f"{mine} against {theirs}"


if __name__ == "__main__":
    print("# Queries")
    for query in QUERIES:
        print(f"{query!r}: {compared(query)}")
    print("\n# The content of a response")
    for text in ("coffee", "café"):
        response = page(text)
        _, _, to_the_end = response.partition(b"\r\n\r\n")
        print(f"to the end of stream: {to_the_end}, by Python's HTTP client: {read(response).read()}")
