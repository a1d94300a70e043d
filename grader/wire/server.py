"""The student's server, as one check sees it, and the keeper that hands it from check to check."""

import contextlib
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from grader.steps import PROBE, Step
from grader.wire.client import A_WHILE, SOON, Client
from grader.wire.transcript import Action, Transcript
from grader.world import Listening, Network, Program, Site, Waited, Watch

PORTS = (200, 30_000)  # below the ports that the system gives to clients; a private network allows them all
PRINTED = 4096  # bytes of a program's output that a card may show


class NotListening(Exception):
    """The program was started and does not listen where it should; `listening` says what it does instead."""

    def __init__(self, listening: Listening, host: str, port: int, printed: str) -> None:
        super().__init__(listening.doing)
        self.listening, self.host, self.port, self.printed = listening, host, port, printed


@dataclass(slots=True)
class Running:
    """A program in its network. The program changes when the server is restarted."""

    network: Network
    program: Program
    usual: bool = True  # whether a check that asks for nothing special could use it

    def close(self) -> None:
        self.program.close()
        self.network.close()


class Server:
    """A running server, for the length of one check. `host` and `port` are what it was started with."""

    def __init__(
        self, site: Site, step: Step, running: Running, transcript: Transcript, printed: int
    ) -> None:
        self._site = site
        self._step = step
        self._running = running
        self._transcript = transcript
        self._watch = self._watch_over(running.program)
        self._clients: list[Client] = []
        self.host = running.network.host
        self.port = running.network.port
        self._printed_before = printed  # bytes, in earlier checks

    @property
    def program(self) -> Program:
        """The program that runs now."""
        return self._running.program

    def await_listening(self) -> None:
        """Wait until it listens on its port. Raises NotListening as soon as it is known that it never will."""
        listening = self._watch.listening()
        if not listening.ok:
            raise NotListening(listening, self.host, self.port, self.printed())

    def connect(self, host: str = "", *, hold_little: bool = False) -> Client:
        """A new client, connected to `host` (the server's own, if not given), or refused.

        With `hold_little` it has the smallest receive buffer, which a server fills soon.
        """
        client = Client(
            self._running.network.socket(), self._watch, self._transcript, self._step.limits.wall_seconds
        )
        if hold_little:
            client.hold_little()
        client.connect(host or self.host, self.port, f"to {host}" if host else "")
        self._clients.append(client)
        return client

    def begin_anew(self) -> None:
        """What comes next in this check has nothing to do with what was before: clients go, the transcript is empty."""
        self.drop_clients()
        self._clients.clear()
        self._transcript.forget()

    def restart(self, application: str = PROBE) -> None:
        """Kill the program, whatever it is doing, and start it again on the same port. Raises NotListening.

        A WSGI server then runs this `application`, and is not kept for the next check if it is not the usual one.
        """
        self._running.program.close()
        self._transcript.add(0, Action.KILLED)
        network = self._running.network
        self._running.program = start(self._site, self._step, network, self._transcript, application)
        self._running.usual = application == PROBE
        self._watch = self._watch_over(self._running.program)
        self._printed_before = 0
        self.await_listening()

    @contextlib.contextmanager
    def beside(self, *arguments: str) -> Iterator[tuple[Program, Waited]]:
        """Run Python on `arguments` beside the server, in its network and folder, until it ends or never will."""
        self._transcript.add(0, Action.RUNS, note=shlex.join(("python3", *arguments)))
        program = self._site.start(self._running.network, arguments)
        try:
            yield program, self._watch_over(program).ends()
        finally:
            program.close()

    def printed(self) -> str:
        """The end of what the program has printed since the check began, safe to print."""
        return self.program.output(PRINTED, self._printed_before)

    def rest(self) -> None:
        """Let the program come to rest, or end, if it does so soon."""
        self._watch.settle(cpu_seconds=A_WHILE, sleep_seconds=SOON)

    def leave(self) -> bool:
        """The check is over. Returns whether the server is proven idle again, and as it was."""
        self.drop_clients()
        return self._running.usual and self._watch.idle()

    def drop_clients(self) -> None:
        """End the check's clients, in good order."""
        for client in self._clients:
            client.drop()

    def _watch_over(self, program: Program) -> Watch:
        return self._site.watch(program, self._running.network, self._step.limits)


def start(
    site: Site, step: Step, network: Network, transcript: Transcript, application: str = PROBE
) -> Program:
    """Start the student's server in `network`, as its step says."""
    transcript.add(0, Action.STARTS, note=step.command(network.host, network.port, application))
    return site.start(network, step.arguments(network.host, network.port, application))


class Keeper:
    """Keeps one server from check to check, for as long as it is proven idle in between; else makes a new one.

    Each is told another port, drawn from `ports`, so that no program can have it written into it.
    """

    def __init__(self, site: Site, step: Step, ports: Random, *, fresh: bool) -> None:
        self._site = site
        self._step = step
        self._ports = ports
        self._fresh = fresh
        self._running: Running | None = None
        self._server: Server | None = None
        self.kept = False  # whether the present check has a server that an earlier one has used

    def serve(self, transcript: Transcript) -> Server:
        """A server that listens, for one check. Raises NotListening."""
        self.kept = self._running is not None
        printed = self._running.program.printed() if self._running else 0
        if self._running is None:
            network = self._site.network(self._ports.randrange(*PORTS))
            self._running = Running(network, start(self._site, self._step, network, transcript))
        self._server = Server(self._site, self._step, self._running, transcript, printed)
        if not self.kept:
            self._server.await_listening()
        return self._server

    @property
    def program(self) -> Program | None:
        """The program of the present check's server, if there is one."""
        return self._running.program if self._running and self._server else None

    def rest(self) -> None:
        """Let the program come to rest, or end, if it does so soon."""
        if self._server:
            self._server.rest()

    def printed(self) -> str:
        """What the program has printed in the present check."""
        return self._server.printed() if self._server else ""

    def release(self) -> None:
        """The check is over: keep the server if it is proven idle, else end it."""
        server, self._server = self._server, None
        if server is not None and (not server.leave() or self._fresh):
            self.close()

    def close(self) -> None:
        """End the server, if there is one, and its clients."""
        if self._server is not None:
            self._server.drop_clients()
        if self._running is not None:
            self._running.close()
        self._running = None
