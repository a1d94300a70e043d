"""Puzzle: the guard in front refuses every X-User, and still somebody was the admin."""


def user(head: bytes) -> str:
    fields = {}
    for line in head.decode("latin-1").splitlines()[1:]:
        name, _, value = line.partition(":")
        fields[name.lower()] = value.strip()
    return fields.get("x-user", "a guest")


if __name__ == "__main__":
    for head in (
        b"GET / HTTP/1.1\r\nX-Note: hello",
        b"GET / HTTP/1.1\r\nX-User: admin",
        b"GET / HTTP/1.1\r\nX-Note: \x85X-User: admin",
    ):
        print(f"{head!r:50} {user(head)}")
