"""Puzzle: all our applications work, but whoever writes yield gets a 500."""

from stage import heading, pair, send_head


def serve(app, connection):
    stored = []

    def start_response(status, response_headers):
        stored.append((status, response_headers))

    body = app({}, start_response)
    if not stored:
        send_head(connection, "500 No start_response", [])
        return
    send_head(connection, *stored[0])
    for chunk in body:
        connection.sendall(chunk)


def returns(environ, start_response):
    start_response("200 OK", [])
    return [b"Dear Ada\r\n"]


def yields(environ, start_response):
    start_response("200 OK", [])
    yield b"Dear Bob\r\n"


if __name__ == "__main__":
    for app in (returns, yields):
        heading(f"{app.__name__}()")
        with pair() as (_, server):
            serve(app, server)
