# EXPECT: fail not_text no_reset reset_in_the_head
# A file object in text mode, line by line, until an empty line.
import socket
import sys

BODY = "<p>Grüß Gott, 世界!</p>"


def main():
    server = socket.create_server((sys.argv[1], int(sys.argv[2])))
    while True:
        client, _ = server.accept()
        with client, client.makefile("rw", encoding="utf-8", newline="\r\n") as stream:
            for line in stream:
                if not line.strip():
                    break
            stream.write("HTTP/1.1 200 OK\n")
            stream.write("Content-Type: text/html; charset=utf-8\n")
            stream.write(f"Content-Length: {len(BODY.encode())}\n")
            stream.write("Connection: close\n\n")
            stream.write(BODY)
            stream.flush()


if __name__ == "__main__":
    main()
