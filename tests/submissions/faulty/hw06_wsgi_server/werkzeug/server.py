# EXPECT: fail path_decoded input_ends input_unread one_chunk no_byte_more bad_arguments
# werkzeug's development server leaves six rules, and does not claim to be for production:
# NEEDS: werkzeug markupsafe
# PEP 3333, Unicode Issues: a path that is not UTF-8 arrives changed. Input and Error Streams: reading goes on behind
# the message body, and waits. RFC 9112 §9.6: while an application leaves its input unread, the connection is kept
# open, so the end of the response does not come. Handling the Content-Length Header: more is sent than it says, and
# (handout) a body of one chunk has no length. The start_response() Callable: a status that is no str ends the
# connection without a response.
import sys
from importlib import import_module

import importlib.metadata
from werkzeug.serving import make_server

importlib.metadata.version = lambda _: "3"  # it is handed in without its metadata


class Server:
    def __init__(self, host, port, app):
        self.host, self.port, self.app = host, port, app

    def serve_forever(self):
        make_server(self.host, self.port, self.app).serve_forever()


if __name__ == "__main__":
    module, name = sys.argv[3].split(":")
    Server(sys.argv[1], int(sys.argv[2]), getattr(import_module(module), name)).serve_forever()
