# EXPECT: fail several_messages line_ends
# One recv() and one send, then the connection is closed. (line_ends sends several messages as well.)
import socket
import sys


def main():
    HOST, PORT = sys.argv[1], int(sys.argv[2])
    s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind((HOST, PORT))
    s.listen(1)
    while 1:
        conn, addr = s.accept()
        try:
            data = conn.recv(1024)
            conn.sendall(data)
        except OSError:
            pass
        conn.close()


if __name__ == "__main__":
    main()
