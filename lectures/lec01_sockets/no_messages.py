"""TCP keeps the bytes and their order, and forgets how they were sent."""

from stage import arrived, heading, pair


def three_sends() -> None:
    """Three calls of sendall(), one of recv()."""
    with pair() as (client, server):
        client.sendall(b"one\r\n")
        client.sendall(b"two\r\n")
        client.sendall(b"three\r\n")
        arrived(server, 17)
        server.recv(4096)


def one_send() -> None:
    """One call of sendall(), three of recv()."""
    with pair() as (client, server):
        client.sendall(b"one\r\ntwo\r\n")
        arrived(server, 10)
        server.recv(4)
        server.recv(4)
        server.recv(4)


if __name__ == "__main__":
    heading("Three sends, one receive")
    three_sends()
    heading("One send, three receives")
    one_send()
