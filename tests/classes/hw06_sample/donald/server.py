import io
import socket
import sys


class Server:
    def __init__(self, host, port, app):
        self.host = host
        self.port = port
        self.app = app

    def serve_forever(self):
        self.listener = socket.socket()
        self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.listener.bind((self.host, self.port))
        self.listener.listen(5)
        while True:
            self.connection, address = self.listener.accept()
            self.handle_request()

    def handle_request(self):
        request = self.connection.recv(1024).decode("utf-8")
        first = request.splitlines()[0]
        self.method, self.path, self.version = first.split()
        environ = {}
        environ["wsgi.version"] = (1, 0)
        environ["wsgi.url_scheme"] = "http"
        environ["wsgi.input"] = io.StringIO(request)
        environ["wsgi.errors"] = sys.stderr
        environ["wsgi.multithread"] = False
        environ["wsgi.multiprocess"] = False
        environ["wsgi.run_once"] = False
        environ["REQUEST_METHOD"] = self.method
        environ["PATH_INFO"] = self.path
        environ["SERVER_NAME"] = self.host
        environ["SERVER_PORT"] = str(self.port)
        result = self.app(environ, self.start_response)
        self.finish_response(result)

    def start_response(self, status, response_headers, exc_info=None):
        self.headers_set = [status, response_headers]

    def finish_response(self, result):
        try:
            status, response_headers = self.headers_set
            response = f"HTTP/1.1 {status}\r\n"
            for name, value in response_headers:
                response += f"{name}: {value}\r\n"
            response += "\r\n"
            for data in result:
                response += data.decode("utf-8")
            self.connection.sendall(response.encode())
        finally:
            self.connection.close()


if __name__ == "__main__":
    module, name = sys.argv[3].split(":")
    Server(sys.argv[1], int(sys.argv[2]), getattr(__import__(module), name)).serve_forever()
