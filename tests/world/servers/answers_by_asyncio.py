"""Answers from an event loop."""

import asyncio

from clients import listener


async def serve(reader, writer):
    try:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        await writer.drain()
    finally:
        writer.close()


async def main():
    server = await asyncio.start_server(serve, sock=listener())
    await server.serve_forever()


asyncio.run(main())
