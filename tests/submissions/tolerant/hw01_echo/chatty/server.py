# EXPECT: all pass
# Says everything that it does.
import socket
import sys


def serve(host, port):
    print(f"starting on {host}:{port}")
    with socket.create_server((host, port)) as listener:
        while True:
            print("waiting for a client ...")
            connection, address = listener.accept()
            print("hello,", address)
            with connection:
                try:
                    while chunk := connection.recv(4096):
                        print(f"{address}: {len(chunk)} bytes, the first is {chunk[0]:#04x}")
                        connection.sendall(chunk)
                        print("sent back")
                    print("the client has finished")
                except OSError as error:
                    print("oh dear:", error, file=sys.stderr)
            print("good-bye,", address)


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
