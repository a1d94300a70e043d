"""A CGI program: the request is in environment variables and standard input, the response is what it prints."""

import os
import sys
from urllib.parse import parse_qs


def greeting(name: str) -> bytes:
    """What all programs of this section say."""
    return f"hello, {name}\n".encode()


if __name__ == "__main__":
    form = parse_qs(os.environ.get("QUERY_STRING", ""))
    sys.stdout.buffer.write(b"Content-Type: text/plain; charset=utf-8\n\n")
    sys.stdout.buffer.write(greeting(form.get("name", ["nobody"])[0]))
