# EXPECT: all pass
# socketserver with a thread for each client; reads lines from rfile; names of fields in small letters.
import socket
import socketserver
import sys

BODY = "<html><body>\n\nGrüß Gott, 世界!\n\n</body></html>".encode("utf8")


class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        while True:
            line = self.rfile.readline()
            if line == b"":
                return
            if line == b"\r\n":
                break
        self.wfile.write(b"HTTP/1.1 200 Here you are\r\nconnection: Close\r\ncontent-length: %d\r\n" % len(BODY))
        self.wfile.write(b"content-type: text/html;charset=utf-8\r\n\r\n")
        self.wfile.write(BODY)
        self.request.shutdown(socket.SHUT_WR)
        while self.rfile.read1(65536):
            pass


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


if __name__ == "__main__":
    with Server((sys.argv[1], int(sys.argv[2])), Handler) as server:
        server.serve_forever()
