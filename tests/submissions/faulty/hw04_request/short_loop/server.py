# EXPECT: fail client_leaves content_length cut_short empty_line_first field_line fields_too_large folded host lf_alone not_found parser_requests request_line space_before_colon target_form transfer_encoding two_lengths uri_too_long version
# The famous short loop: an end of stream is not seen, the body is asked for once, int() decides.
import socket
import sys
from urllib.parse import unquote, urlparse

from request import BadRequest, RequestParser

STATUS = {200: "OK", 400: "Bad Request", 404: "Not Found", 405: "Method Not Allowed", 501: "Not Implemented"}
METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT"]


def receive(connection):
    data = b""
    while b"\r\n\r\n" not in data:
        data += connection.recv(1024)
    head, body = data.split(b"\r\n\r\n", 1)
    fields = {}
    request_line, *lines = head.decode("latin-1").split("\r\n")
    for line in lines:
        name, value = line.split(":", 1)
        fields[name.strip().lower()] = value.strip()
    length = int(fields.get("content-length", 0))
    if length > len(body):
        body += connection.recv(length - len(body))
    return request_line, fields, body


def send(connection, status, text, extra=""):
    body = text.encode("utf-8")
    connection.sendall(
        (
            f"HTTP/1.1 {status} {STATUS[status]}\r\n"
            f"Content-Type: text/plain; charset=utf-8\r\n"
            f"Content-Length: {len(body)}\r\n{extra}"
            "Connection: close\r\n\r\n"
        ).encode() + body
    )


def handle(connection):
    request_line, fields, body = receive(connection)
    try:
        method, target, version = request_line.split(" ")
    except ValueError:
        return send(connection, 400, "bad request line")
    if method not in METHODS:
        return send(connection, 501, "unknown method")
    if version == "HTTP/1.1" and "host" not in fields:
        return send(connection, 400, "no host")
    path = unquote(urlparse(target).path)
    if path.count("/") > 1:
        return send(connection, 404, "not found")
    if method != "GET":
        return send(connection, 405, "no", "Allow: GET\r\n")
    name = path.strip("/")
    send(connection, 200, f"hello, {name}" if name else "Hello, World!")


def serve(host, port):
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    listener.listen()
    while True:
        connection, _ = listener.accept()
        try:
            handle(connection)
            connection.shutdown(socket.SHUT_WR)
            while connection.recv(1024):
                pass
        except Exception as error:
            print(error)
        finally:
            connection.close()


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
