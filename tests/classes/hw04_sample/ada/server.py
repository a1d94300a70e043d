# homework 4, Ada
import socket
import sys
from http import HTTPStatus
from request import BadRequest, Request, RequestParser
METHODS = ('GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH')
TEXT = ('Content-Type', 'text/plain; charset=utf-8')

def read_request(connection: socket.socket) -> Request | None:
    parser = RequestParser()
    request, begun = (None, False)
    while request is None:
        chunk = connection.recv(65536)
        if not chunk and begun:
            raise BadRequest(400, 'the request ended in its middle')
        if not chunk:
            return None
        begun = True
        request = parser.feed(chunk)
    return request

def respond(request: Request) -> tuple[str, list[tuple[str, str]], bytes]:
    name = request.path.decode('utf-8', 'replace').removeprefix('/')
    if request.method not in METHODS:
        return refusal(501, f'{request.method} is no method of ours')
    if '/' in name or not request.path.startswith(b'/'):
        return refusal(404, 'there is nothing here')
    if request.method != 'GET':
        status, fields, body = refusal(405, 'only GET is allowed here')
        return (status, [*fields, ('Allow', 'GET')], body)
    return ('200 OK', [TEXT], (f'hello, {name}\n' if name else 'Hello, World!\n').encode())

def refusal(status: int, reason: str) -> tuple[str, list[tuple[str, str]], bytes]:
    return (f'{status} {HTTPStatus(status).phrase}', [TEXT], f'{reason}\n'.encode())

def response(status: str, fields: list[tuple[str, str]], body: bytes) -> bytes:
    lines = [f'HTTP/1.1 {status}']
    lines += [f'{name}: {value}' for name, value in fields]
    lines += [f'Content-Length: {len(body)}', 'Connection: close']
    return '\r\n'.join([*lines, '', '']).encode('latin-1') + body

def answer(connection: socket.socket) -> None:
    try:
        request = read_request(connection)
        answered = None if request is None else respond(request)
    except BadRequest as bad:
        answered = refusal(bad.status, bad.reason)
    if answered is not None:
        connection.sendall(response(*answered))

def finish(connection: socket.socket) -> None:
    connection.shutdown(socket.SHUT_WR)
    while connection.recv(65536):
        pass

def serve(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen()
        while True:
            connection, _ = listener.accept()
            try:
                answer(connection)
                finish(connection)
            except OSError as error:
                print(f'A client is lost: {error}', file=sys.stderr)
            finally:
                connection.close()
if __name__ == '__main__':
    serve(sys.argv[1], int(sys.argv[2]))
