# EXPECT: all pass
# The work is done in a module and a package beside server.py.
import sys

from listening import serve
from relay.copying import relay

if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]), relay)
