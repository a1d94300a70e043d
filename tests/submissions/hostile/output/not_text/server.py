# EXPECT: graded 100
# Attacks whoever decodes the output: bytes that are no text in any encoding, on both streams.
import socket
import sys


def serve(host, port):
    with socket.create_server((host, port)) as listener:
        while True:
            connection, _ = listener.accept()
            with connection:
                for stream in (sys.stdout, sys.stderr):
                    stream.buffer.write(bytes(range(256)) + b"\xff\xfe\x00\xd8\xc3(\r\r\n" * 100)
                    stream.buffer.flush()
                try:
                    while chunk := connection.recv(65536):
                        connection.sendall(chunk)
                except OSError:
                    pass


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
