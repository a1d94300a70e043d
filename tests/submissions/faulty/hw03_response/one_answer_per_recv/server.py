# EXPECT: fail announces_close closes waits_for_the_head
# Every recv() gets an answer, for as long as the client stays.
import socket
import sys

PAGE = "<html><body>Grüß Gott, 世界!</body></html>"


def handle(conn):
    while True:
        data = conn.recv(1024)
        if not data:
            break
        body = PAGE.encode("utf-8")
        header = "HTTP/1.1 200 OK\r\n"
        header += "Content-Type: text/html; charset=utf-8\r\n"
        header += f"Content-Length: {len(body)}\r\n\r\n"
        conn.sendall(header.encode() + body)


def main():
    server = socket.socket()
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind((sys.argv[1], int(sys.argv[2])))
    server.listen(5)
    while True:
        conn, _ = server.accept()
        try:
            handle(conn)
        except Exception as error:
            print("error:", error)
        conn.close()


if __name__ == "__main__":
    main()
