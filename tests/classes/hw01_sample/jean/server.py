import socket
import sys
import threading

lock = threading.Lock()
count = 0


def log(text):
    with lock:
        print(count, text)


def echo(connection):
    global count
    while data := connection.recv(1024):
        with lock:
            count += len(data)
            log("bytes so far")
        connection.sendall(data)
    connection.close()


def serve(host, port):
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    listener.listen()
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=echo, args=(connection,)).start()


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
