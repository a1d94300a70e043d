"""What int() takes for a number, and what a Content-Length may be."""

import re

VALUES = [b"10", b"010", b"+10", b"-10", b"1_0", b"\x0b10", b"10,10", b"0x10", b"", b"\xb9", b"9" * 4301]


def with_int(value: bytes) -> str:
    """What becomes of it in int()."""
    try:
        return str(int(value))
    except ValueError:
        return "ValueError"


def with_isdigit(value: bytes) -> str:
    """What becomes of it where isdigit() stands before int(), and the head has become text."""
    text = value.decode("latin-1")
    return with_int(text.encode()) if text.isdigit() else "refused"


def with_grammar(value: bytes) -> str:
    """What becomes of it by RFC 9110, section 8.6: digits only. More than 18 are too many for us."""
    return str(int(value)) if re.fullmatch(rb"[0-9]{1,18}", value) else "refused"


if __name__ == "__main__":
    print(f"{'value':16} {'int()':12} {'isdigit()':12} grammar")
    for value in VALUES:
        name = repr(value) if len(value) < 12 else f"{len(value):,} digits"
        print(f"{name:16} {with_int(value):12} {with_isdigit(value):12} {with_grammar(value)}")
