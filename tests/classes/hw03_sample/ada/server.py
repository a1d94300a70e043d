import socket
import sys

PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>It speaks</title></head>
<body><p>Grüß Gott, 世界! My first own page.</p></body>
</html>
"""
END_OF_HEAD = b"\r\n\r\n"


def read_head(connection):
    head = b""
    while END_OF_HEAD not in head:
        chunk = connection.recv(4096)
        if chunk == b"":
            return b""
        head += chunk
    return head


def response(status, fields, body):
    head = f"HTTP/1.1 {status}\r\n"
    for name, value in fields:
        head += f"{name}: {value}\r\n"
    return head.encode("ascii") + b"\r\n" + body


def answer(connection):
    if not read_head(connection):
        return
    body = PAGE.encode("utf-8")
    fields = [
        ("Content-Type", "text/html; charset=utf-8"),
        ("Content-Length", len(body)),
        ("Connection", "close"),
    ]
    connection.sendall(response("200 OK", fields, body))


def finish(connection):
    connection.shutdown(socket.SHUT_WR)
    while connection.recv(4096) != b"":
        pass


def serve(host, port):
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen()
        while True:
            connection, _ = listener.accept()
            with connection:
                try:
                    answer(connection)
                    finish(connection)
                except OSError as error:
                    print("lost:", error, file=sys.stderr)


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
