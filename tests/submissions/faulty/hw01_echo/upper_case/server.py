# EXPECT: fail short_message
# Sends the letters back as capitals, as the example in a book does.
import sys
from socket import AF_INET, SO_REUSEADDR, SOCK_STREAM, SOL_SOCKET, socket


def run(serverName, serverPort):
    serverSocket = socket(AF_INET, SOCK_STREAM)
    serverSocket.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
    serverSocket.bind((serverName, serverPort))
    serverSocket.listen(1)
    print("The server is ready to receive")
    while True:
        connectionSocket, addr = serverSocket.accept()
        try:
            sentence = connectionSocket.recv(1024)
            while sentence:
                connectionSocket.sendall(sentence.upper())
                sentence = connectionSocket.recv(1024)
        except OSError:
            print("connection lost", addr)
        connectionSocket.close()


if __name__ == "__main__":
    run(sys.argv[1], int(sys.argv[2]))
