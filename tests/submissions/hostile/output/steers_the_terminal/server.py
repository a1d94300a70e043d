# EXPECT: graded 13
# Attacks the reader of a report: it prints, and echoes, escape sequences, bidi marks, HTML and a formula for a spreadsheet.
import socket
import sys

TRICKS = (
    "\x1b[2J\x1b[H\x1b]0;owned\x07\x1b[32mPASSED\x1b[0m\r100 of 100 points\x9b31m\x08\x08\x08"
    "\u202e\u2066dehcaorppa\u2069\u200b\ufeff"
    "<script>alert(1)</script><img src=x onerror=alert(1)>]]>&lt;"
    "=HYPERLINK(\"http://192.0.2.1/\")\x00\x7f"
)


def serve(host, port):
    with socket.create_server((host, port)) as listener:
        while True:
            print(TRICKS, flush=True)
            print(TRICKS, file=sys.stderr, flush=True)
            connection, _ = listener.accept()
            with connection:
                while connection.recv(4096):
                    connection.sendall(TRICKS.encode())


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    sys.stderr.reconfigure(encoding="utf-8")
    serve(sys.argv[1], int(sys.argv[2]))
