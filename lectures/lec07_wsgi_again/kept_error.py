"""An exception that is kept keeps its traceback, the frames of that, their variables, and so the client's socket."""

import gc
import socket
from collections.abc import Callable

from stage import Speaking, guest, heading, left_open_on_purpose, listens_for, tell

ERRORS: list[Exception] = []


def kept_in_a_list(plain: socket.socket) -> None:
    client_sock = Speaking("server", plain)
    try:
        client_sock.sendall(b"%d\r\n" % (1 // 0))
    except ZeroDivisionError as error:
        ERRORS.append(error)


def kept_in_its_own_frame(plain: socket.socket) -> None:
    client_sock = Speaking("server", plain)
    failed = None
    try:
        client_sock.sendall(b"%d\r\n" % (1 // 0))
    except ZeroDivisionError as error:
        failed = error
    tell("server", f"remembers a {type(failed).__name__}")


def kept_and_closed(plain: socket.socket) -> None:
    with Speaking("server", plain) as client_sock:
        try:
            client_sock.sendall(b"%d\r\n" % (1 // 0))
        except ZeroDivisionError as error:
            ERRORS.append(error)


def scene(serve: Callable[[socket.socket], None]) -> None:
    heading(serve.__name__.replace("_", " ").capitalize())
    with guest() as (client, server):
        serve(server)
        tell("server", "has returned")
        heard = listens_for(client)
        for name, call in (("ERRORS.clear()", ERRORS.clear), ("gc.collect()", gc.collect)):
            if heard is None:
                tell("server", name)
                call()
                heard = listens_for(client)


if __name__ == "__main__":
    gc.disable()  # the collector comes when we call it, so that each run is the same
    left_open_on_purpose()
    for serve in (kept_in_a_list, kept_in_its_own_frame, kept_and_closed):
        scene(serve)
