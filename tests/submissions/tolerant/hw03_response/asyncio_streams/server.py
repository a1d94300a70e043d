# EXPECT: all pass
# asyncio, with streams; the answer is in HTTP/1.0, and so needs no Connection: close.
import asyncio
import sys
from email.utils import formatdate

PAGE = "<!doctype html><title>.</title><p>Grüß Gott, 世界!</p>".encode()


async def answer(reader, writer):
    try:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(
            b"HTTP/1.0 200 OK\r\nServer: aio\r\nDate: %s\r\nContent-Length: %d\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
            % (formatdate(usegmt=True).encode(), len(PAGE))
            + PAGE
        )
        await writer.drain()
        writer.write_eof()
        while await reader.read(65536):
            pass
    except (asyncio.IncompleteReadError, OSError):
        pass
    finally:
        writer.close()


async def main():
    server = await asyncio.start_server(answer, sys.argv[1], int(sys.argv[2]))
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
