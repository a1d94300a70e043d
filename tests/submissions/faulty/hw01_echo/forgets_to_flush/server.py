# EXPECT: fail answers_before_close
# Writes to a buffered file and leaves the flushing to close().
import socketserver
import sys


class Handler(socketserver.StreamRequestHandler):
    wbufsize = -1

    def handle(self):
        while chunk := self.rfile.read1(4096):
            self.wfile.write(chunk)


class Server(socketserver.TCPServer):
    allow_reuse_address = True


if __name__ == "__main__":
    with Server((sys.argv[1], int(sys.argv[2])), Handler) as server:
        server.serve_forever()
