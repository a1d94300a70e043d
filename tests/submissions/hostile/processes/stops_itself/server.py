# EXPECT: graded 13
# Attacks a judge that waits for a process to run or to end: it stops itself at the first client.
import os
import signal
import socket
import sys

if __name__ == "__main__":
    with socket.create_server((sys.argv[1], int(sys.argv[2]))) as listener:
        while True:
            connection, _ = listener.accept()
            os.kill(os.getpid(), signal.SIGSTOP)
