# EXPECT: fail plus_and_percent separators empty_values repeated_names utf8 process_post
# A first attempt: one recv(), a parser of its own that knows four characters, a dict, no escape, no length.
import socket
import sys

from forms import read_form
from pages import respond


def main(host, port):
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    listener.listen()
    while True:
        connection, _ = listener.accept()
        try:
            text = connection.recv(4096).decode()
            if text:
                head, body = text.split("\r\n\r\n")
                method, target, _ = head.split("\r\n")[0].split()
                path, _, query = target.partition("?")
                form = read_form(method, query, "", body)
                status, fields, content = respond(method, path, form)
                lines = "".join(f"{name}: {value}\r\n" for name, value in fields)
                connection.sendall(
                    f"HTTP/1.1 {status}\r\n{lines}Content-Length: {len(content)}\r\n\r\n".encode() + content
                )
        except ValueError as error:
            print("Bad request:", error)
        connection.close()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
