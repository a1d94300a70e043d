"""What a client does with each redirect after a POST: ours, and Chromium 155."""

import re
import socket

from body import receive_body
from stage import exchange, receive_head, request

REDIRECTS = {  # a status-code: its reason-phrase, and the method of Chromium's second request
    301: ("Moved Permanently", "GET"),
    302: ("Found", "GET"),
    303: ("See Other", "GET"),
    307: ("Temporary Redirect", "POST"),
    308: ("Permanent Redirect", "POST"),
}


def serve(connection: socket.socket) -> None:
    """Answer /302 with that status-code, and so on; answer any other request with 200."""
    head, begun = receive_head(connection)
    body = receive_body(connection, begun, int(head.fields.get("content-length", 0)))
    print(head.method, head.target, body)
    answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
    if (name := head.target[1:]).isdigit():
        answer = (
            f"HTTP/1.1 {name} {REDIRECTS[int(name)][0]}\r\nLocation: /thanks\r\nContent-Length: 0\r\n\r\n"
        )
    connection.sendall(answer.encode())


def next_method(status: int, method: str) -> str:
    """The method with which a client follows a redirect (RFC 9110, section 15.4)."""
    if (status == 303 and method != "HEAD") or (status in (301, 302) and method == "POST"):
        return "GET"
    return method


def fetch(method: str, target: str, body: bytes) -> None:
    """Send a request, and follow where the response leads."""
    response = exchange(request(method, target, body), serve)
    if location := re.search(rb"\r\nLocation: (\S+)", response):
        method = next_method(int(response.split(b" ")[1]), method)
        fetch(method, location[1].decode(), body if method == "POST" else b"")


if __name__ == "__main__":
    for status, (reason, chosen) in REDIRECTS.items():
        print(f"\n# {status} {reason} (Chromium follows with {chosen})")
        fetch("POST", f"/{status}", b"name=Ada")
