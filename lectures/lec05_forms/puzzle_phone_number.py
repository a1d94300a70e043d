"""Puzzle: my number is +44 20 7946 0000, and the page shows it without the plus."""

from urllib.parse import unquote


def value(pair: str) -> str:
    """The value of one pair, such as name=Ada+Lovelace."""
    return unquote(pair.partition("=")[2]).replace("+", " ")


if __name__ == "__main__":
    for pair in ("name=Ada+Lovelace", "phone=%2B44+20+7946+0000"):
        print(f"{pair}: {value(pair)!r}")
