# EXPECT: fail underscores content_variables input_ends no_byte_more bad_arguments
# wsgiref, Python's own, leaves five rules of PEP 3333 and RFC 9110:
# environ Variables: CONTENT_TYPE is 'text/plain' where none was sent. Input and Error Streams: reading goes on behind
# the message body, and waits. Handling the Content-Length Header: more bytes are sent than it says. RFC 9110 §5.5: CR
# and LF go through in a field's value. RFC 9110 §17.10, a warning: X_User poses as X-User.
import sys
from importlib import import_module
from wsgiref.simple_server import make_server


class Server:
    def __init__(self, host, port, app):
        self.host, self.port, self.app = host, port, app

    def serve_forever(self):
        make_server(self.host, self.port, self.app).serve_forever()


if __name__ == "__main__":
    module, name = sys.argv[3].split(":")
    Server(sys.argv[1], int(sys.argv[2]), getattr(import_module(module), name)).serve_forever()
