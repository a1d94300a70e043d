# EXPECT: all pass
# poll() and blocking sends.
import select
import socket
import sys


def serve(host, port):
    listener = socket.create_server((host, port))
    poller = select.poll()
    poller.register(listener, select.POLLIN)
    clients = {}
    while True:
        for descriptor, _ in poller.poll():
            if descriptor == listener.fileno():
                client, _ = listener.accept()
                clients[client.fileno()] = client
                poller.register(client, select.POLLIN)
                continue
            client = clients[descriptor]
            try:
                data = client.recv(2048)
                client.sendall(data)
            except OSError:
                data = b""
            if not data:
                poller.unregister(descriptor)
                clients.pop(descriptor).close()


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
