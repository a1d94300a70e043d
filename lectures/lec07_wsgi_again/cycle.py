"""A connection that nobody closes: counting frees it at once, and a cycle keeps its client waiting."""

import gc
import socket
import sys
import weakref

from stage import Speaking, guest, heading, left_open_on_purpose, listens_for, tell

WATCHED = []  # a weak reference must itself be held, or it reports nothing


class Plain:
    """Greets one client, and forgets to close the connection."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection

    def greet(self) -> None:
        self.connection.sendall(b"hello\r\n")


class Planned(Plain):
    """The same, with a note of what to do next."""

    def __init__(self, connection: socket.socket) -> None:
        super().__init__(connection)
        self.next_step = self.greet  # a bound method: it holds `self`, which holds it


def visit(handler_class: type[Plain], plain: socket.socket) -> None:
    connection = Speaking("server", plain)
    WATCHED.append(weakref.ref(connection, lambda _: tell("server", "the socket is freed")))
    before = sys.getrefcount(connection)
    handler = handler_class(connection)
    tell("server", f"the handler holds it: {sys.getrefcount(connection) - before:+} reference")
    handler.greet()
    tell("server", "visit() ends, and with it the names")


def scene(handler_class: type[Plain]) -> None:
    heading(f"A handler of class {handler_class.__name__}")
    with guest() as (client, server):
        visit(handler_class, server)
        listens_for(client)
        if listens_for(client) is None:
            tell("server", "gc.collect()")
            gc.collect()
            listens_for(client)


if __name__ == "__main__":
    gc.disable()  # the collector comes when we call it, so that each run is the same
    left_open_on_purpose()
    scene(Plain)
    scene(Planned)
