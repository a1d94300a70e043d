"""Puzzle: sometimes a stranger is greeted with the name of the client before."""

from stage import arrived, heading, pair

ENVIRON = {"SCRIPT_NAME": "", "SERVER_PROTOCOL": "HTTP/1.1"}


def serve(app, connection):
    environ = ENVIRON
    for line in connection.recv(4096).splitlines():
        name, _, value = line.decode("latin-1").partition(": ")
        environ["HTTP_" + name.upper()] = value
    connection.sendall(app(environ))
    connection.close()


def app(environ):
    """No true WSGI application: only what matters here."""
    return b"Hello, %s\r\n" % environ.get("HTTP_COOKIE", "stranger").encode()


if __name__ == "__main__":
    for visitor, fields in (("ada", b"Cookie: Ada\r\n"), ("bob", b"Accept: */*\r\n")):
        heading(f"A request of {visitor}")
        with pair(visitor) as (client, server):
            client.sendall(fields)
            arrived(server, len(fields))
            serve(app, server)
            client.recv(4096)
