"""A send() that takes a part: common under load, and never seen in a test on an idle machine."""

import socket

from fake_connection import FakeConnection
from stage import Serve, outcomes

RESPONSE = b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"


def sends_once(connection: socket.socket) -> None:
    connection.send(RESPONSE)


def sends_all(connection: socket.socket) -> None:
    connection.sendall(RESPONSE)


def test_on_a_socketpair(send: Serve) -> None:
    client, server = socket.socketpair()
    with client, server:
        send(server)
        assert client.recv(4096) == RESPONSE


def test_on_a_fake_that_takes_ten(send: Serve) -> None:
    fake = FakeConnection(takes=10)
    send(fake)
    assert fake.sent == RESPONSE


if __name__ == "__main__":
    tests = (test_on_a_socketpair, test_on_a_fake_that_takes_ten)
    outcomes(
        {test.__name__: test for test in tests}, {send.__name__: send for send in (sends_once, sends_all)}
    )
