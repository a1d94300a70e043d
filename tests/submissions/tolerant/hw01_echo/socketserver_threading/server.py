# EXPECT: all pass
# socketserver with threads and file objects.
import socketserver
import sys


class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        while chunk := self.rfile.read1(65536):
            self.wfile.write(chunk)


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


def main(host, port):
    with Server((host, int(port)), Handler) as server:
        server.serve_forever(poll_interval=0.1)


if __name__ == "__main__":
    main(*sys.argv[1:])
