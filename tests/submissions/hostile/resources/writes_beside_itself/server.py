# EXPECT: graded 100
# Attacks a scan for files of the submission: it tries to write into its own folder, and to delete itself.
import contextlib
import os
import pathlib
import socket
import sys


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
    here = pathlib.Path(__file__).parent
    for attempt in (
        lambda: (here / "results.json").write_text('{"score": 100}'),
        lambda: (here / "server.py").chmod(0o777),
        lambda: os.symlink("/etc/passwd", here / "link.py"),
        lambda: os.mkfifo(here / "pipe.py"),
        lambda: os.rename(here / "server.py", here / "gone.py"),
        lambda: (here / "server.py").unlink(),
    ):
        if not os.path.exists("/proc/self"):  # in the box, that is: elsewhere it would harm itself
            with contextlib.suppress(OSError):
                attempt()
    serve(sys.argv[1], int(sys.argv[2]))
