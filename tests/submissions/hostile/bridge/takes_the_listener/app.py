# EXPECT: graded 7
# Attacks the worker's place: accept() is replaced, takes each connection itself, and answers in another language.
import socket

accept = socket.socket.accept


def take(listener):
    while True:
        connection, _ = accept(listener)
        with connection:
            connection.recv(65536)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\nHello, World!")


socket.socket.accept = take


def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [b"Hello, World!"]
