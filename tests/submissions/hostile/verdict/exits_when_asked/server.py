# EXPECT: graded 13
# Attacks a verdict that is an exit status: it listens, and ends with 0 at the first client.
import os
import socket
import sys

if __name__ == "__main__":
    with socket.create_server((sys.argv[1], int(sys.argv[2]))) as listener:
        listener.accept()
        os._exit(0)
