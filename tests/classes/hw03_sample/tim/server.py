import os
import socket
import sys

FILES = {"/": "index.html"}


def get(path):
    name = FILES.get(path.decode(), path.decode().lstrip("/"))
    if not os.path.exists(name):
        return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    with open(name, "rb") as file:
        body = file.read()
    return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)


def main():
    server = socket.create_server((sys.argv[1], int(sys.argv[2])))
    while True:
        conn, _ = server.accept()
        request = conn.recv(4096)
        method, path, version = request.split(b"\r\n")[0].split(b" ")
        conn.sendall(get(path))
        conn.close()


if __name__ == "__main__":
    main()
