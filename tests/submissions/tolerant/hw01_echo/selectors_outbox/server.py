# EXPECT: all pass
# One thread, non-blocking sockets, an outbox for each client that outlives the client's end of stream.
import selectors
import socket
import sys


class Client:
    def __init__(self, selector, connection):
        self.selector = selector
        self.connection = connection
        self.outbox = bytearray()
        self.ended = False
        connection.setblocking(False)
        selector.register(connection, selectors.EVENT_READ, self)

    def react(self, events):
        try:
            if events & selectors.EVENT_READ:
                chunk = self.connection.recv(65536)
                self.outbox += chunk
                self.ended = not chunk
            if events & selectors.EVENT_WRITE:
                del self.outbox[: self.connection.send(self.outbox)]
        except OSError:
            self.ended = True
            self.outbox.clear()
        wanted = 0 if self.ended else selectors.EVENT_READ
        if self.outbox:
            wanted |= selectors.EVENT_WRITE
        if wanted:
            self.selector.modify(self.connection, wanted, self)
        else:
            self.selector.unregister(self.connection)
            self.connection.close()


def serve(host, port):
    selector = selectors.DefaultSelector()
    listener = socket.create_server((host, port))
    selector.register(listener, selectors.EVENT_READ)
    while True:
        for key, events in selector.select():
            if key.data is None:
                Client(selector, listener.accept()[0])
            else:
                key.data.react(events)


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
