# EXPECT: fail repeated_fields underscores read_lines no_byte_more serves_on never_started
# cheroot, the server of CherryPy, leaves five rules, and one more that only warns:
# NEEDS: cheroot more_itertools jaraco.functools
# RFC 9110 §5.3: of a repeated field only the last is kept; §17.10, a warning: X_User poses as X-User.
# PEP 3333, Input and Error Streams: readlines() gives no lines. Handling the Content-Length Header: more is sent than it
# says. The start_response() Callable: the head is sent although the body has failed before its first byte. Handout:
# an application that does not call start_response is not answered for.
import sys
from importlib import import_module

from cheroot import wsgi as served


class Server:
    def __init__(self, host, port, app):
        self.host, self.port, self.app = host, port, app

    def serve_forever(self):
        served.Server((self.host, self.port), self.app, numthreads=2).start()


if __name__ == "__main__":
    module, name = sys.argv[3].split(":")
    Server(sys.argv[1], int(sys.argv[2]), getattr(import_module(module), name)).serve_forever()
