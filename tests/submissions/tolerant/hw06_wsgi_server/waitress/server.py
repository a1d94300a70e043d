# EXPECT: all pass
# waitress: production, a thread pool, the message body and the response are buffered.
# NEEDS: waitress
import sys
from importlib import import_module

import waitress


class Server:
    def __init__(self, host, port, app):
        self.host, self.port, self.app = host, port, app

    def serve_forever(self):
        waitress.serve(self.app, host=self.host, port=self.port, threads=2)


if __name__ == "__main__":
    module, name = sys.argv[3].split(":")
    Server(sys.argv[1], int(sys.argv[2]), getattr(import_module(module), name)).serve_forever()
