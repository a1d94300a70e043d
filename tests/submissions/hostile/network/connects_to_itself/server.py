# EXPECT: graded 13
# Attacks the judge's view of the connections: for each client it opens fifty to itself, and answers none.
import socket
import sys

if __name__ == "__main__":
    address = (sys.argv[1], int(sys.argv[2]))
    listener = socket.create_server(address, backlog=128)
    kept = []
    while True:
        kept.append(listener.accept())
        if len(kept) == 1:
            kept.extend(socket.create_connection(address) for _ in range(50))
