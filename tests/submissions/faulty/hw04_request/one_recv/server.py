# EXPECT: fail absolute_form any_field closes content_length cut_short empty_line_first field_line host lf_alone long_head one_byte_at_a_time parser_requests path_and_query request_line space_before_colon target_form transfer_encoding two_lengths unknown_method version
# One recv() for a request, split() for its line, and nothing refused: the first server of hundreds.
import socket
import sys
from request import RequestParser

s = None


def handle(conn):
    data = conn.recv(4096).decode()
    if not data:
        return
    lines = data.split("\r\n")
    method, path, version = lines[0].split()
    if method != "GET":
        conn.sendall(b"HTTP/1.1 405 Method Not Allowed\r\nAllow: GET\r\nContent-Length: 0\r\n\r\n")
        return
    path = path.split("?")[0]
    if path == "/":
        body = "Hello, World!"
    elif path.count("/") == 1:
        body = "hello, " + path[1:]
    else:
        conn.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 9\r\n\r\nNot Found")
        return
    body = body.encode()
    head = "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: " + str(len(body)) + "\r\n\r\n"
    conn.sendall(head.encode() + body)


def main():
    s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind((sys.argv[1], int(sys.argv[2])))
    s.listen(5)
    while True:
        conn, addr = s.accept()
        print("connection from", addr)
        try:
            handle(conn)
        except Exception as e:
            print("error:", e)
        conn.close()


if __name__ == "__main__":
    main()
