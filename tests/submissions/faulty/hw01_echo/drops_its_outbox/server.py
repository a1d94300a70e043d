# EXPECT: fail half_close
# An event loop that closes at the client's end of stream, with bytes in the outbox.
import selectors
import socket
import sys

selector = selectors.DefaultSelector()
outboxes = {}


def accept(listener):
    connection, _ = listener.accept()
    connection.setblocking(False)
    outboxes[connection] = bytearray()
    selector.register(connection, selectors.EVENT_READ)


def close(connection):
    selector.unregister(connection)
    del outboxes[connection]
    connection.close()


def talk(connection, events):
    outbox = outboxes[connection]
    if events & selectors.EVENT_READ:
        data = connection.recv(65536)
        if not data:
            close(connection)
            return
        outbox += data
    try:
        del outbox[: connection.send(outbox)]
    except BlockingIOError:
        pass  # it stays in the outbox
    wanted = selectors.EVENT_READ | (selectors.EVENT_WRITE if outbox else 0)
    selector.modify(connection, wanted)


def serve(host, port):
    listener = socket.create_server((host, port))
    selector.register(listener, selectors.EVENT_READ)
    while True:
        for key, events in selector.select():
            if key.fileobj is listener:
                accept(listener)
                continue
            try:
                talk(key.fileobj, events)
            except OSError:
                close(key.fileobj)


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
