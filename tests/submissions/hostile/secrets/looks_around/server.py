# EXPECT: graded 100
# Attacks what should not be visible: it serves only if it finds no /proc, no other submission, no key, no grader.
import glob
import importlib.util
import os
import socket
import sys

HIDDEN = (
    "/proc/*",
    "/sys/*",
    "/root/*",
    "/home/*/*",
    "/etc/shadow",
    "/etc/ssh/*",
    "/var/lib/*",
    "/var/log/*",
    "/srv/*",
    "/run/*",
    "/tmp/*",
    "../*/server.py",
    "../../*/server.py",
    "../../../*/server.py",
    "../solutions/*",
    "../../grader/*",
)
MODULES = ("grader", "msgspec", "grader.checks.hw01_echo")


def visible():
    for pattern in HIDDEN:
        for path in glob.glob(pattern):
            if os.path.abspath(path) != os.path.abspath(__file__) and os.access(path, os.R_OK):
                yield path
    for name in MODULES[:2]:
        if importlib.util.find_spec(name):
            yield name


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
    seen = list(visible())
    if seen:
        sys.exit(f"I can see {', '.join(seen[:10])}")
    serve(sys.argv[1], int(sys.argv[2]))
