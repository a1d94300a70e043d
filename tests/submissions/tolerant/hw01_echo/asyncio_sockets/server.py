# EXPECT: all pass
# asyncio on bare sockets.
import asyncio
import socket
import sys


async def echo(loop, connection):
    with connection:
        try:
            while chunk := await loop.sock_recv(connection, 4096):
                await loop.sock_sendall(connection, chunk)
        except OSError:
            pass


async def serve(host, port):
    loop = asyncio.get_running_loop()
    tasks = set()
    with socket.create_server((host, port)) as listener:
        listener.setblocking(False)
        while True:
            connection, _ = await loop.sock_accept(listener)
            connection.setblocking(False)
            task = loop.create_task(echo(loop, connection))
            tasks.add(task)
            task.add_done_callback(tasks.discard)


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1], int(sys.argv[2])))
