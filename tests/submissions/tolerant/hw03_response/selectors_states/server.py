# EXPECT: all pass
# One thread, selectors, and a state for each client; nobody waits for anybody.
import selectors
import socket
import sys

BODY = "<body>Grüß Gott, 世界!</body>".encode()
ANSWER = (
    b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close\r\n\r\n%b"
    % (len(BODY), BODY)
)


class Visitor:
    def __init__(self, sock):
        self.sock = sock
        self.head = b""
        self.answered = False

    def ready(self):
        chunk = self.sock.recv(8192)
        if not chunk:
            return False
        if not self.answered:
            self.head += chunk
            if b"\r\n\r\n" in self.head:
                self.sock.sendall(ANSWER)
                self.sock.shutdown(socket.SHUT_WR)
                self.answered = True
        return True


def main():
    selector = selectors.DefaultSelector()
    listener = socket.create_server((sys.argv[1], int(sys.argv[2])))
    selector.register(listener, selectors.EVENT_READ, None)
    while True:
        for key, _ in selector.select():
            if key.data is None:
                sock, _ = listener.accept()
                selector.register(sock, selectors.EVENT_READ, Visitor(sock))
                continue
            try:
                alive = key.data.ready()
            except OSError:
                alive = False
            if not alive:
                selector.unregister(key.fileobj)
                key.fileobj.close()


if __name__ == "__main__":
    main()
