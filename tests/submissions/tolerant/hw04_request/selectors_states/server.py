# EXPECT: all pass
# One thread and a selector; the parser is a state machine; answers are chunked, and connections persist.
import selectors
import socket
import sys

from request import BadRequest, RequestParser

KNOWN = ("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH")


class Connection:
    def __init__(self, sock):
        self.sock, self.parser, self.out, self.ending = sock, RequestParser(), b"", False

    def events(self):
        return selectors.EVENT_READ | (selectors.EVENT_WRITE if self.out or self.ending else 0)

    def read(self):
        data = self.sock.recv(8192)
        if not data:
            raise OSError("gone")
        if self.ending:
            return
        try:
            request = self.parser.feed(data)
            while request and not self.ending:
                self.answer(request)
                request = None if self.ending else self.parser.feed(b"")
        except BadRequest as error:
            self.put(error.status, error.reason, "")
            self.ending = True

    def answer(self, request):
        options = [word.strip().lower() for word in (request.field("connection") or "").split(",")]
        self.ending = "close" in options or request.version == "HTTP/1.0"
        if request.method not in KNOWN:
            self.put(501, "what?", "")
        elif request.path[:1] != b"/" or b"/" in request.path[1:]:
            self.put(404, "nothing", "")
        elif request.method != "GET":
            self.put(405, "no", "Allow: HEAD, GET, OPTIONS\r\n")
        else:
            name = request.path[1:].decode("utf-8", "backslashreplace")
            self.put(200, f"hello, {name}" if name else "Hello, World!", "")

    def put(self, status, text, fields):
        body = text.encode()
        chunks = b"".join(b"%x\r\n%b\r\n" % (len(body[i:i + 9]), body[i:i + 9]) for i in range(0, len(body), 9))
        self.out += f"HTTP/1.1 {status} \r\nTransfer-Encoding: chunked\r\nContent-Type: text/plain; charset=UTF-8\r\n{fields}\r\n".encode() + chunks + b"0\r\n\r\n"

    def write(self):
        self.out = self.out[self.sock.send(self.out):] if self.out else b""
        if self.ending and not self.out:
            self.sock.shutdown(socket.SHUT_WR)
            self.write = lambda: None
            self.events = lambda: selectors.EVENT_READ


def main(host, port):
    chosen = selectors.DefaultSelector()
    listener = socket.create_server((host, port))
    chosen.register(listener, selectors.EVENT_READ)
    while True:
        for key, events in chosen.select():
            if key.data is None:
                sock, _ = listener.accept()
                chosen.register(sock, selectors.EVENT_READ, Connection(sock))
                continue
            try:
                if events & selectors.EVENT_READ:
                    key.data.read()
                if events & selectors.EVENT_WRITE:
                    key.data.write()
                chosen.modify(key.fileobj, key.data.events(), key.data)
            except OSError:
                chosen.unregister(key.fileobj)
                key.fileobj.close()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
