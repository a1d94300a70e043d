"""A response that begins a line too early."""

from stage import ends, heading, read_response

PAGE = """
HTTP/1.1 200 OK
Content-Type: text/html
Content-Length: 16

<h1>Welcome</h1>"""


def response() -> bytes:
    return PAGE.replace("\n", "\r\n").encode("ascii")


if __name__ == "__main__":
    heading("The page")
    with ends() as (client, server):
        server.sendall(response())
        server.close()
        read_response(client)
