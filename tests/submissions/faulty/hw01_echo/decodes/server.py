# EXPECT: fail not_text
# Decodes to print, and dies of UnicodeDecodeError.
import socket
import sys


def serve(host, port):
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    listener.listen()
    while True:
        connection, address = listener.accept()
        try:
            while True:
                text = connection.recv(1024).decode()
                if not text:
                    break
                print(f"{address[0]} says {len(text)} characters")
                connection.sendall(text.encode())
        except OSError:
            print("lost", address[0])
        finally:
            connection.close()


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
