# EXPECT: all pass
# socketserver, one client at a time.
import socketserver
import sys


class Handler(socketserver.BaseRequestHandler):
    def handle(self):
        while chunk := self.request.recv(4096):
            self.request.sendall(chunk)


class Server(socketserver.TCPServer):
    allow_reuse_address = True


if __name__ == "__main__":
    with Server((sys.argv[1], int(sys.argv[2])), Handler) as server:
        server.serve_forever()
