# EXPECT: fail many_segments
# Takes a piece that equals the one before for a duplicate of the network's, and drops it.
import socket
import sys


class EchoServer:
    def __init__(self, host, port):
        self.listener = socket.create_server((host, port))

    def run(self):
        while True:
            connection, _ = self.listener.accept()
            try:
                self.talk(connection)
            except OSError:
                pass
            finally:
                connection.close()

    def talk(self, connection):
        last = None
        while (piece := connection.recv(4096)) != b"":
            if piece != last:
                connection.sendall(piece)
            last = piece


if __name__ == "__main__":
    EchoServer(sys.argv[1], int(sys.argv[2])).run()
