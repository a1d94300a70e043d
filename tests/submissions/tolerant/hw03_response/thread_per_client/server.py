# EXPECT: all pass
# A thread for each client, recv_into a small buffer, and an exception ends a thread only.
import socket
import sys
import threading

PAGE = "<p>Grüß Gott, 世界!</p>".encode()
RESPONSE = b"\r\n".join(
    [
        b"HTTP/1.1 200 OK",
        b"Content-Type: text/html; charset=utf-8",
        b"Content-Length: " + str(len(PAGE)).encode(),
        b"Connection: close",
        b"",
        PAGE,
    ]
)


def talk(client):
    with client:
        seen = bytearray()
        space = bytearray(100)
        while seen.find(b"\r\n\r\n") == -1:
            count = client.recv_into(space)
            if count == 0:
                return
            seen += space[:count]
        client.sendall(RESPONSE)
        client.shutdown(socket.SHUT_WR)
        while client.recv(1 << 20):
            pass


if __name__ == "__main__":
    listener = socket.create_server((sys.argv[1], int(sys.argv[2])), backlog=10)
    while True:
        threading.Thread(target=talk, args=listener.accept()[:1], daemon=True).start()
