# EXPECT: graded 7
# Attacks the judge's memory: 64 MiB of zeros go to the connection on which the frames travel.
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
            for _ in range(64):
                os.write(descriptor, bytes(1 << 20))
        except OSError:
            pass
    return []
