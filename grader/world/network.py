"""Where a program and the grader's clients meet: a loopback network with one port for the program."""

import os
import socket
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

from grader.world.sockets import Table


@dataclass(slots=True)
class Network:
    """`host` and `port` are where the program is told to listen."""

    host: str
    port: int
    namespace: int | None = None  # a descriptor of its network namespace; None: the machine's own loopback
    table: Table | None = None  # its sockets, where the system tells them

    def inside(self) -> AbstractContextManager[None]:
        """This thread's new sockets, and the processes that it starts, belong to this network."""
        if self.namespace is None:
            return nullcontext()
        from grader.world import namespaces

        return namespaces.inside(self.namespace)

    def socket(self) -> socket.socket:
        """An unconnected TCP socket of this network. It may be used from anywhere afterwards."""
        with self.inside():
            return socket.socket(socket.AF_INET, socket.SOCK_STREAM)

    def close(self) -> None:
        """Lets go of the network; may be called again. Sockets that were made in it keep working."""
        if self.table:
            self.table.close()
        if self.namespace is not None:
            os.close(self.namespace)
        self.table = self.namespace = None
