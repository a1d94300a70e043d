# EXPECT: all pass
# socketserver with threads; multipart by the email package; 303, relative URLs, capital tags, no </li>.
import socketserver
import sys

from forms import FormError, read_form
from pages import respond


class Handler(socketserver.StreamRequestHandler):
    wbufsize = -1

    def handle(self):
        line = self.rfile.readline(10000).decode("latin-1")
        if not line:
            return
        method, target, _ = line.split()
        fields = {}
        while (line := self.rfile.readline(10000).decode("latin-1").rstrip("\r\n")):
            name, _, value = line.partition(":")
            fields[name.strip().title()] = value.strip()
        self.answer(*self.answered(method, target, fields))

    def answered(self, method, target, fields):
        length = fields.get("Content-Length")
        if method == "POST" and length is None:
            return "411 Length Required", [], b"no length\n"
        if int(length or 0) > 2 << 20:
            return "413 Content Too Large", [], b"too much\n"
        body = self.rfile.read(int(length or 0))
        if len(body) < int(length or 0):
            return "400 Cut Off", [], b""
        path, _, query = target.partition("?")
        try:
            form = read_form(method, query, fields.get("Content-Type", ""), body)
        except FormError:
            return "400 Bad Request", [], b"no form\n"
        return respond(method, path, form)

    def answer(self, status, fields, body):
        self.wfile.write(f"HTTP/1.1 {status}\r\nDate: Sat, 21 Nov 2026 00:00:00 GMT\r\n".encode())
        for name, value in [*fields, ("Connection", "close"), ("Content-Length", len(body))]:
            self.wfile.write(f"{name}: {value}\r\n".encode())
        self.wfile.write(b"\r\n" + body)


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def handle_error(self, request, client_address):
        pass


if __name__ == "__main__":
    Server((sys.argv[1], int(sys.argv[2])), Handler).serve_forever()
