# With selectors. Each client has what is still to be sent to it.
import selectors
import socket
import sys

sel = selectors.DefaultSelector()
pending = {}


def accept(listener):
    conn, addr = listener.accept()
    conn.setblocking(False)
    pending[conn] = bytearray()
    sel.register(conn, selectors.EVENT_READ, serve_client)


def drop(conn):
    sel.unregister(conn)
    del pending[conn]
    conn.close()


def serve_client(conn):
    try:
        data = conn.recv(4096)
        if not data:
            drop(conn)
            return
        pending[conn] += data
        sent = conn.send(pending[conn])
        del pending[conn][:sent]
    except BlockingIOError:
        pass  # it is kept in pending, and goes out with the next piece
    except OSError:
        drop(conn)


def main(host, port):
    listener = socket.create_server((host, port))
    sel.register(listener, selectors.EVENT_READ, accept)
    while True:
        for key, _ in sel.select():
            key.data(key.fileobj)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
