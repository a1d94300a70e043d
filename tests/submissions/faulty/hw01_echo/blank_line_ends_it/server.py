# EXPECT: fail line_ends
# Hangs up on a bare line end, like a program that was made for a keyboard.
import socketserver
import sys


class Echo(socketserver.BaseRequestHandler):
    def handle(self):
        while True:
            line = self.request.recv(4096)
            if line in (b"", b"\n", b"\r\n"):
                return
            self.request.sendall(line)


if __name__ == "__main__":
    socketserver.TCPServer.allow_reuse_address = True
    with socketserver.TCPServer((sys.argv[1], int(sys.argv[2])), Echo) as server:
        server.serve_forever()
