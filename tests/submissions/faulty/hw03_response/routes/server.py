# EXPECT: fail charset body_length any_target any_method no_reset waits_for_the_head
# A little framework: it takes the request apart, and knows two pages.
import socket
import sys

ROUTES = {"/": "Grüß Gott, 世界!", "/about": "About us"}


def parse(raw):
    head, _, body = raw.partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    method, path, version = lines[0].split(" ")
    headers = {}
    for line in lines[1:]:
        key, value = line.split(": ")
        headers[key] = value
    return method, path, headers, body


def render(status, text):
    page = f"<html><body><h1>{text}</h1></body></html>"
    return (
        f"HTTP/1.1 {status}\r\nContent-Type: text/html\r\nContent-Length: {len(page)}\r\n"
        f"Connection: close\r\n\r\n{page}"
    ).encode()


def main():
    sock = socket.create_server((sys.argv[1], int(sys.argv[2])))
    while True:
        client, address = sock.accept()
        raw = client.recv(4096)
        try:
            method, path, headers, body = parse(raw)
            if method != "GET":
                client.sendall(render("405 Method Not Allowed", "No"))
            elif path in ROUTES:
                client.sendall(render("200 OK", ROUTES[path]))
            else:
                client.sendall(render("404 Not Found", "Nothing here"))
        except ValueError:
            client.sendall(render("400 Bad Request", "What?"))
        finally:
            client.close()


if __name__ == "__main__":
    main()
