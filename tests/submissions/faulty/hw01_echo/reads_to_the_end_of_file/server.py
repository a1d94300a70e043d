# EXPECT: fail answers_before_close
# makefile().read() returns at the end of the stream, not before.
import socket
import sys

if __name__ == "__main__":
    listener = socket.create_server((sys.argv[1], int(sys.argv[2])))
    while True:
        connection, _ = listener.accept()
        try:
            with connection, connection.makefile("rwb") as stream:
                stream.write(stream.read())
                stream.flush()
        except OSError:
            pass
