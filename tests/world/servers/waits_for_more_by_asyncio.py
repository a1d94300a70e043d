"""Reads to the end of a stream that does not end."""

import asyncio

from clients import listener


async def serve(reader, writer):
    await reader.read()
    writer.close()


async def main():
    server = await asyncio.start_server(serve, sock=listener())
    await server.serve_forever()


asyncio.run(main())
