# EXPECT: graded 13
# Attacks a client that does not expect a reset: it resets each connection in the middle of the answer.
import socket
import struct
import sys

if __name__ == "__main__":
    with socket.create_server((sys.argv[1], int(sys.argv[2]))) as listener:
        while True:
            connection, _ = listener.accept()
            connection.sendall(connection.recv(4))
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            connection.close()
