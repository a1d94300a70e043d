"""One client, one server, one message: the eight calls with which programs talk."""

import socket


def main() -> None:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    print("server: listens")

    client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    client.connect(listener.getsockname())
    client.sendall(b"Hello\r\n")
    print("client: is connected and has sent", b"Hello\r\n")

    connection, _ = listener.accept()
    data = connection.recv(4096)
    print("server: accepts, and receives", data)
    connection.sendall(b"Good morning\r\n")
    connection.close()

    print("client: receives", client.recv(4096))
    client.close()
    listener.close()


if __name__ == "__main__":
    main()
