"""What is expected of a program as such: that it listens where it was told, and that importing it starts nothing."""

from grader.expect.faults import last_words
from grader.expect.mismatch import Mismatch
from grader.wire import NotListening, Server
from grader.world import Program, Waited


def refused(server: Server, host: str) -> None:
    """Nobody listens on `host`."""
    if not server.connect(host).refused:
        raise Mismatch(
            expected=f"a connection to {host} is refused: the server was started with {server.host}",
            got=f"a connection: the server listens on {host} too",
            fault="it listens on every address of the machine",
        )


def not_listening(problem: NotListening) -> Mismatch:
    """The Mismatch for a server that was started and does not listen."""
    listening, fault = problem.listening, ""
    if listening.elsewhere:
        fault = "it does not listen where it was told to"
        got = f"your program listens on {' and '.join(listening.elsewhere)} instead"
    elif listening.alive:
        got = "your program listens nowhere"
        fault = "none of its sockets listens: that takes bind(), then listen(), on a TCP socket"
    else:
        ended = f"your program {listening.doing.removeprefix('it ')}"
        got = ": ".join(filter(None, (ended, last_words(problem.printed))))
    return Mismatch(
        expected=f"the server listens on {problem.host}, port {problem.port}",
        got=got,
        fault=fault,
        diagnosis=listening.doing if listening.alive else "",
        alive=listening.alive,
    )


def ended_by_itself(program: Program, waited: Waited) -> None:
    """A program that was run beside the server has ended, with exit status 0."""
    ending = program.ended()
    if ending is not None and ending.status == 0:
        return
    raise Mismatch(
        expected="the import ends by itself and starts nothing",
        got=f"it {ending.reason}" if ending else "it goes on",
        fault="the server starts, or a socket is bound, when the module is imported",
        diagnosis="" if ending else waited.doing,
        where=() if ending else program.where(),
        printed=program.output(),
    )
