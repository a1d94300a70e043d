# EXPECT: all pass
# The head is read line by line from a file object; head and body are written to it, and flushed.
import socket
import sys

HTML = "<!DOCTYPE html>\n<html><head><title>x</title></head><body>Grüß Gott, 世界!</body></html>\n"


def talk(conn):
    with conn.makefile("rwb") as stream:
        while (line := stream.readline()) != b"\r\n":
            if not line:
                return
        body = HTML.encode("utf-8")
        for line in ("HTTP/1.1 200", "Server: mine", f"Content-Length: {len(body)}", "Connection: close"):
            stream.write((line + (" " if line.endswith("200") else "") + "\r\n").encode())
        stream.write(b"Content-Type: text/html; charset=utf-8\r\n\r\n" + body)
        stream.flush()
        conn.shutdown(socket.SHUT_WR)
        while stream.read(4096):
            pass


def main():
    with socket.create_server((sys.argv[1], int(sys.argv[2]))) as server:
        while True:
            conn, peer = server.accept()
            print("a client from", peer)
            with conn:
                try:
                    talk(conn)
                except OSError as e:
                    print(e)


if __name__ == "__main__":
    main()
