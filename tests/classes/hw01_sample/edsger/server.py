import sys

from echoing import EchoServer

if __name__ == "__main__":
    EchoServer(sys.argv[1], int(sys.argv[2])).run()
