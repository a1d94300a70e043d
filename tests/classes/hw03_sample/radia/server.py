import socket
import sys

PAGE = "<p>Grüß Gott, 世界!</p>".encode()


def serve(host, port):
    with socket.create_server((host, port)) as listener:
        while True:
            client, _ = listener.accept()
            head = b""
            while b"\r\n\r\n" not in head:
                more = client.recv(2048)
                if not more:
                    break
                head += more
            client.sendall(
                b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: "
                + str(len(PAGE)).encode()
                + b"\r\nConnection: close\r\n\r\n"
                + PAGE
            )
            client.close()


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
