# EXPECT: fail listens
# The port is written into the program.
import socket
import sys

PORT = 50007


def main():
    s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind((sys.argv[1], PORT))
    s.listen(5)
    print("listening on port", PORT)
    while True:
        conn, addr = s.accept()
        try:
            while True:
                data = conn.recv(1024)
                if not data:
                    break
                conn.sendall(data)
        except OSError as e:
            print("lost", addr, e)
        conn.close()


if __name__ == "__main__":
    main()
