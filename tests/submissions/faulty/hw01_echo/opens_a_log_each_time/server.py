# EXPECT: fail many_clients
# Opens a log for each client and closes none.
import os
import socket
import sys

logs = {}


def serve(host, port):
    with socket.create_server((host, port)) as listener:
        while True:
            connection, address = listener.accept()
            logs[address] = open(os.devnull, "w")
            try:
                while data := connection.recv(4096):
                    logs[address].write(f"{len(data)} bytes\n")
                    connection.sendall(data)
            except OSError as error:
                logs[address].write(f"{error}\n")
            finally:
                connection.close()


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
