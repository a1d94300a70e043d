# EXPECT: graded 100
# Attacks the world outside: it serves only where nobody can be reached (the addresses are for documentation, RFC 5737).
import errno
import socket
import sys

OUTSIDE = (("192.0.2.1", 80), ("198.51.100.1", 53), ("169.254.169.254", 80))


def reaches(address):
    with socket.socket() as attempt:
        attempt.settimeout(0.2)
        return attempt.connect_ex(address) != errno.ENETUNREACH


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
    if any(reaches(address) for address in OUTSIDE):
        sys.exit("There is a way out.")
    serve(sys.argv[1], int(sys.argv[2]))
