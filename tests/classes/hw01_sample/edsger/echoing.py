import socket


class EchoServer:
    """An echo server. Every invariant holds at the top of the loop in run()."""

    def __init__(self, host, port):
        self.address = (host, port)

    def run(self):
        with socket.socket() as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(self.address)
            listener.listen()
            while True:
                # invariant: no connection is open
                self.serve_one(listener)

    def serve_one(self, listener):
        connection, _ = listener.accept()
        try:
            self.echo(connection)
        except OSError as error:
            print("a client failed:", error)
        finally:
            connection.close()

    def echo(self, connection):
        while piece := connection.recv(4096):
            while piece:
                # invariant: piece is what has been received and not yet sent
                sent = connection.send(piece)
                piece = piece[sent:]
