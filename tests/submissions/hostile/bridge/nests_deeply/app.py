# EXPECT: graded 7
# Attacks the decoder's stack: a frame of thirty thousand brackets.
import os
import stat


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
            os.write(descriptor, (30000).to_bytes(4, "big") + b"[" * 30000)
        except OSError:
            pass
    return []
