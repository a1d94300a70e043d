import socket
import sys

host = sys.argv[1]
port = int(sys.argv[2])

sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.bind((host, port))
print("UDP server up and listening")

while True:
    message, address = sock.recvfrom(1024)
    sock.sendto(message, address)
