# EXPECT: fail line_ends not_text no_reset waits_for_the_head restart
# The first server of many tutorials: one recv(), LF, no fields, no guard.
import socket
import sys

HOST, PORT = sys.argv[1], int(sys.argv[2])

if __name__ == "__main__":
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as s:
        s.bind((HOST, PORT))
        s.listen(1)
        while True:
            conn, addr = s.accept()
            request = conn.recv(1024).decode()
            print(request)
            conn.sendall("HTTP/1.1 200 OK\n\nGrüß Gott, 世界!".encode())
            conn.close()
