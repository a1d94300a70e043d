# EXPECT: graded 13
# Attacks a judge that ends programs politely, or asks them where they are: every signal is ignored, no client is answered.
import contextlib
import faulthandler
import signal
import socket
import sys
import threading

faulthandler.disable()
for number in signal.valid_signals():
    with contextlib.suppress(OSError, ValueError):
        signal.signal(number, signal.SIG_IGN)

if __name__ == "__main__":
    with socket.create_server((sys.argv[1], int(sys.argv[2]))) as listener:
        connection, _ = listener.accept()
        while True:
            with contextlib.suppress(BaseException):
                threading.Event().wait()
