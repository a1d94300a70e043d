# EXPECT: fail listens
# Wants `--port 8000` instead of HOST PORT, and ends with a usage message.
import argparse
import socketserver


class Echo(socketserver.BaseRequestHandler):
    def handle(self):
        while chunk := self.request.recv(4096):
            self.request.sendall(chunk)


class Server(socketserver.TCPServer):
    allow_reuse_address = True


def main():
    parser = argparse.ArgumentParser(description="echo server")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8888)
    args = parser.parse_args()
    with Server((args.host, args.port), Echo) as server:
        server.serve_forever()


if __name__ == "__main__":
    main()
