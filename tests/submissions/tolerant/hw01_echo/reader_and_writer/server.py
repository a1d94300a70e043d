# EXPECT: all pass
# A thread reads, another writes, with a short queue in between.
import queue
import socket
import sys
import threading


def write(connection, chunks):
    try:
        while chunk := chunks.get():
            connection.sendall(chunk)
    except OSError:
        while chunks.get():
            pass


def read(connection, chunks):
    try:
        while chunk := connection.recv(4096):
            chunks.put(chunk)
    except OSError:
        pass
    finally:
        chunks.put(b"")


def serve(host, port):
    with socket.create_server((host, port)) as listener:
        while True:
            connection, _ = listener.accept()
            chunks = queue.Queue(16)
            writer = threading.Thread(target=write, args=(connection, chunks))
            writer.start()
            read(connection, chunks)
            writer.join()
            connection.close()


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
