"""Puzzle: who logs in finds the basket empty."""

from stage import heading, pair, receives_all


def serve(app, connection):
    stored = []

    def start_response(status, response_headers):
        stored.append((status, dict(response_headers)))

    body = app({}, start_response)
    status, fields = stored[0]
    head = f"HTTP/1.1 {status}\r\n"
    for name, value in fields.items():
        head += f"{name}: {value}\r\n"
    connection.sendall(head.encode("latin-1") + b"\r\n")
    for chunk in body:
        connection.sendall(chunk)
    connection.close()


def login(environ, start_response):
    start_response("200 OK", [("Set-Cookie", "basket=7"), ("Set-Cookie", "user=ada")])
    return [b"Welcome\r\n"]


if __name__ == "__main__":
    heading("A login")
    with pair() as (client, server):
        serve(login, server)
        receives_all(client)
