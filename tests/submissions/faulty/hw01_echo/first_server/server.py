# EXPECT: fail given_address several_messages line_ends not_text restart import_starts_nothing
# Many slips at once: the first server that one writes.
import socket
import sys

HOST = ''
PORT = int(sys.argv[2])

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.bind((HOST, PORT))
s.listen(1)
while True:
    conn, addr = s.accept()
    print('Connected by', addr)
    data = conn.recv(1024).decode()
    print('Received', data)
    conn.send(data.encode())
    conn.close()
