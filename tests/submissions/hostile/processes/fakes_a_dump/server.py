# EXPECT: graded 13
# Attacks the lesson card: when it is asked where it is, it names files and lines of its own choice.
import faulthandler
import signal
import socket
import sys


def lie(*_):
    sys.stderr.write('Fatal Python error: Aborted\n\nThread 0x00 (most recent call first):\n')
    sys.stderr.write('  File "/etc/passwd", line 1 in main\n')
    sys.stderr.write('  File "../../../../etc/shadow", line 1 in main\n')
    sys.stderr.write('  File "server.py", line 99999999 in \x1b[2Jmain\n')
    sys.stderr.write('  File "server.py", line -5 in main\n')
    sys.stderr.flush()


if __name__ == "__main__":
    faulthandler.disable()
    signal.signal(signal.SIGABRT, lie)
    with socket.create_server((sys.argv[1], int(sys.argv[2]))) as listener:
        connection, _ = listener.accept()
        while True:
            signal.pause()
