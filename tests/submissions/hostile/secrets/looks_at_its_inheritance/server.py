# EXPECT: graded 100
# Attacks what is handed down: it serves only if its environment is bare and no descriptor beyond 0, 1 and 2 is open.
import os
import socket
import sys

PLAIN = {"HOME", "LANG", "LC_ALL", "LC_CTYPE", "MALLOC_ARENA_MAX", "PATH", "PWD", "PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "TMPDIR"}


def handed_down():
    yield from set(os.environ) - PLAIN
    for descriptor in range(3, 256):
        try:
            os.fstat(descriptor)
        except OSError:
            continue
        yield f"descriptor {descriptor}"


def serve(host, port):
    with socket.create_server((host, port)) as listener:
        while True:
            connection, _ = listener.accept()
            with connection:
                try:
                    while chunk := connection.recv(65536):
                        connection.sendall(chunk)
                except OSError:
                    pass


if __name__ == "__main__":
    found = sorted(handed_down())
    if found:
        sys.exit(f"I was handed {', '.join(found)}")
    serve(sys.argv[1], int(sys.argv[2]))
