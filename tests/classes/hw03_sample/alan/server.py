import asyncio
import sys

PAGE = "<!DOCTYPE html><title>Alan</title><p>Grüß Gott, 世界!</p>".encode()
HEAD = f"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {len(PAGE)}\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"


async def client(reader, writer):
    try:
        await reader.readuntil(b"\r\n\r\n")
        writer.writelines([HEAD.encode(), PAGE])
        writer.write_eof()
        while await reader.read(1 << 16):
            pass
    except (OSError, EOFError, asyncio.LimitOverrunError) as error:
        print(repr(error))
    finally:
        writer.close()


async def main(host, port):
    async with await asyncio.start_server(client, host, port) as server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
