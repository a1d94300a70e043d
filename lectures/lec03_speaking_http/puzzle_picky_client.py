"""A status-line that one client takes, and another refuses."""

from stage import ends, heading, read_response, tell
from two_readers import strict


def response(status: str, body: bytes) -> bytes:
    head = f"HTTP/1.O {status}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode("ascii") + body


if __name__ == "__main__":
    heading("One response, two clients")
    with ends() as (client, server):
        data = response("200 OK", b"Welcome\n")
        server.sendall(data)
        server.close()
        read_response(client)
        tell("client", f"the strict reader: {strict(data)}")
