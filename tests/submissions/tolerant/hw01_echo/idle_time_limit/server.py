# EXPECT: all pass
# Gives a client a minute for each piece, and looks at what send() has sent.
import socket
import sys


def serve(host, port):
    listener = socket.create_server((host, port))
    while True:
        connection, _ = listener.accept()
        connection.settimeout(60)
        try:
            while chunk := connection.recv(65536):
                rest = memoryview(chunk)
                while rest:
                    rest = rest[connection.send(rest) :]
        except TimeoutError:
            print("a client fell asleep")
        except OSError as error:
            print("a client is lost:", error)
        finally:
            connection.close()


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
