"""Puzzle: I can change my city, but I cannot clear it."""

from urllib.parse import parse_qsl


def save(profile: dict[str, str], body: bytes) -> None:
    """Take over what was typed into the form."""
    for name, value in parse_qsl(body.decode()):
        profile[name] = value


if __name__ == "__main__":
    profile = {"name": "Ada", "city": "London"}
    for body in (b"name=Ada&city=Paris", b"name=Ada&city="):
        save(profile, body)
        print(body, "makes", profile)
