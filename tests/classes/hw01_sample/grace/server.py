import socketserver
import sys


class EchoHandler(socketserver.BaseRequestHandler):
    def handle(self):
        print("new client", self.client_address)
        data = self.request.recv(8192)
        while data:
            self.request.sendall(data)
            data = self.request.recv(8192)


class EchoServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


if __name__ == "__main__":
    EchoServer((sys.argv[1], int(sys.argv[2])), EchoHandler).serve_forever()
