# EXPECT: graded 100
# Attacks families of sockets that a private network does not hold back: it serves only if all are refused.
import socket
import sys

FORBIDDEN = (
    (socket.AF_NETLINK, socket.SOCK_RAW, 0),
    (socket.AF_PACKET, socket.SOCK_RAW, 0),
    (socket.AF_VSOCK, socket.SOCK_STREAM, 0),
    (socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP),
)


def possible(family, kind, protocol):
    try:
        socket.socket(family, kind, protocol).close()
    except OSError:
        return False
    return True


def serve(host, port):
    with socket.create_server((host, port)) as listener:
        while True:
            connection, _ = listener.accept()
            with connection:
                try:
                    while chunk := connection.recv(65536):
                        connection.sendall(chunk)
                except OSError:
                    pass


if __name__ == "__main__":
    if any(possible(*row) for row in FORBIDDEN):
        sys.exit("There is a way round the network.")
    serve(sys.argv[1], int(sys.argv[2]))
