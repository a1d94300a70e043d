import socket
import sys

if __name__ == "__main__":
    s = socket.socket()
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind((sys.argv[1], int(sys.argv[2])))
    s.listen(1)
    while True:
        c, addr = s.accept()
        try:
            c.sendall(c.recv(1024))     # echo!
        except OSError:
            pass
        c.close()
