"""Answers with the sizes of what recv() gave it, one by one."""

from clients import answer, clients

for connection in clients():
    sizes, last = [], b""
    while not last.endswith(b"."):
        last = connection.recv(65536)
        sizes.append(len(last))
    answer(connection, b" ".join(b"%d" % size for size in sizes))
