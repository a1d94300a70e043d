import socket
import socketserver
import sys

PAGE = "<!DOCTYPE html>\n<body>Grüß Gott, 世界!</body>\n"


class Talk(socketserver.StreamRequestHandler):
    def handle(self):
        for line in self.rfile:
            if line == b"\r\n":
                break
        else:
            return
        page = PAGE.encode()
        self.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n")
        self.wfile.write(b"Content-Length: %d\r\n\r\n%b" % (len(page), page))
        self.connection.shutdown(socket.SHUT_WR)
        while self.rfile.read(8192):
            pass


class Server(socketserver.TCPServer):
    allow_reuse_address = True


if __name__ == "__main__":
    Server((sys.argv[1], int(sys.argv[2])), Talk).serve_forever()
