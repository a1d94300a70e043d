# asyncio because we did it in the other course
import asyncio
import sys


async def echo(reader, writer):
    try:
        while True:
            data = await reader.read(1024)
            if data == b"":
                break
            writer.write(data)
            await writer.drain()
    except ConnectionError:
        print("connection lost")
    writer.close()


async def main():
    server = await asyncio.start_server(echo, sys.argv[1], int(sys.argv[2]))
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
