# EXPECT: fail start_response
# It has written a server before: status-line, fields and empty line are part of its body.
def app(environ, start_response):
    body = b"Hello, World!"
    return [
        b"HTTP/1.1 200 OK\r\n",
        b"Content-Type: text/plain; charset=utf-8\r\n",
        b"Content-Length: %d\r\n" % len(body),
        b"Connection: close\r\n\r\n",
        body,
    ]
