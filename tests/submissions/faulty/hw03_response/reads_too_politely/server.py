# EXPECT: fail no_reset
# It waits for the end of the head as it should, and reads until a piece is not full.
import socket
import sys


def read_all(conn):
    data = b""
    while True:
        piece = conn.recv(1024)
        data += piece
        if len(piece) < 1024:
            return data


def main():
    server = socket.create_server((sys.argv[1], int(sys.argv[2])))
    while True:
        conn, _ = server.accept()
        try:
            data = b""
            while b"\r\n\r\n" not in data:
                more = read_all(conn)
                if not more:
                    break
                data += more
            html = "<h1>Grüß Gott, 世界!</h1>".encode()
            conn.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n")
            conn.sendall(f"Content-Length: {len(html)}\r\nConnection: close\r\n\r\n".encode() + html)
        except OSError as e:
            print(e)
        conn.close()


if __name__ == "__main__":
    main()
