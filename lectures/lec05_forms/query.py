"""Query strings: cut first, decode then; and what the standard library makes of strange ones."""

from urllib.parse import parse_qsl, unquote_plus

STRANGE = (
    "a=1&a=2",
    "a=&b&=c",
    "a=1=2",
    "&&a=1&",
    "a=1;b=2",
    "a=%2B+%e2%82%ac",
    "a=100%&b=%zz",
    "a=caf%E9",
)


def late(query: str) -> list[tuple[str, ...]]:
    """Decodes, then cuts: too late."""
    return [tuple(pair.split("=")) for pair in unquote_plus(query).split("&")]


def early(query: str) -> list[tuple[str, str]]:
    """Cuts at every &, then at the first =, and decodes what is left."""
    cut = [pair.partition("=") for pair in query.split("&") if pair]
    return [(unquote_plus(name), unquote_plus(value)) for name, _, value in cut]


if __name__ == "__main__":
    query = "name=Ada+Lovelace&note=1%2B1%3D2+%26+caf%C3%A9"
    print("late: ", late(query))
    print("early:", early(query))

    print("\n# parse_qsl(query, keep_blank_values=True)")
    for query in STRANGE:
        pairs = parse_qsl(query, keep_blank_values=True)
        print(f"{query:16} {pairs!a}")
        assert pairs == early(query)  # the library cuts in the same order

    print("\n# Three traps")
    print("blank values:", parse_qsl("name=&city=Paris"))
    print("a dict:      ", dict(parse_qsl("topping=ham&topping=olive")))
    try:
        parse_qsl("a=1&" * 1001, max_num_fields=1000)
    except ValueError as error:
        print("many fields:  ValueError:", error)
