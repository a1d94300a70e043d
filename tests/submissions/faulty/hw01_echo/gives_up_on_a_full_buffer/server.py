# EXPECT: fail reads_late
# asyncio without drain(), and with a cap on the buffer that drops what does not fit.
import asyncio
import sys

CAP = 1024 * 1024


class Echo(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        if self.transport.get_write_buffer_size() < CAP:
            self.transport.write(data)


async def main(host, port):
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Echo, host, port)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
