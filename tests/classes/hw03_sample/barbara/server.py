import socket
import sys

PAGE = "<html><body><h1>Grüß Gott, 世界!</h1></body></html>"


def make_response():
    # the length of the page goes into the header
    header = "HTTP/1.1 200 OK\r\n"
    header += "Content-Type: text/html; charset=utf-8\r\n"
    header += "Content-Length: " + str(len(PAGE)) + "\r\n"
    header += "Connection: close\r\n"
    header += "\r\n"
    return (header + PAGE).encode("utf-8")


def serve(host, port):
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    listener.listen()
    while True:
        conn, addr = listener.accept()
        try:
            data = b""
            while b"\r\n\r\n" not in data:
                piece = conn.recv(1024)
                if not piece:
                    break
                data += piece
            else:
                conn.sendall(make_response())
            conn.shutdown(socket.SHUT_WR)
            while conn.recv(1024):
                pass
        except OSError:
            print("client", addr, "has gone")
        finally:
            conn.close()


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
