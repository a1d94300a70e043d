"""The raw client and the student's server as it sees it: bytes go out, evidence comes back.

Nothing here judges. A client never raises for what a server did: it returns how the waiting ended (Ended), and
grader/expect says what that means. Everything that happens is written into the check's transcript.
"""

from grader.wire.client import Client, Ended, Received
from grader.wire.server import Keeper, NotListening, Server
from grader.wire.transcript import Transcript

__all__ = ["Client", "Ended", "Keeper", "NotListening", "Received", "Server", "Transcript"]
