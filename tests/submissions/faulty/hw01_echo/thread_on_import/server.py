# EXPECT: fail import_starts_nothing
# The import starts a thread that goes on for ever.
import queue
import socket
import sys
import threading

messages = queue.Queue()


def log():
    while True:
        print(messages.get())


threading.Thread(target=log).start()


def serve(host, port):
    with socket.create_server((host, port)) as listener:
        while True:
            connection, address = listener.accept()
            messages.put(address[0])
            with connection:
                try:
                    while data := connection.recv(4096):
                        connection.sendall(data)
                except OSError as error:
                    messages.put(error)


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
