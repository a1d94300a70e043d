# EXPECT: all pass
# asyncio and its streams; forms are read by hand, and what is not UTF-8 is refused.
import asyncio
import sys

from forms import FormError, read_form
from pages import respond

LIMIT = 2 * 1024 * 1024


async def answer(reader):
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    request_line, *lines = head.split("\r\n")[:-2]
    method, target, _ = request_line.split(" ")
    fields = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    body = b""
    if "content-length" in fields:
        if int(fields["content-length"]) > LIMIT:
            return "413 Too Much", [], b""
        body = await reader.readexactly(int(fields["content-length"]))
    elif method == "POST":
        return "411 How Long?", [], b""
    path, _, query = target.partition("?")
    try:
        return respond(method, path, read_form(method, query, fields.get("content-type", ""), body))
    except FormError as error:
        return "400 Bad Form", [], str(error).encode()


async def talk(reader, writer):
    try:
        status, fields, body = await answer(reader)
        lines = [f"HTTP/1.1 {status}", f"content-length: {len(body)}", "connection: close", "server: by hand"]
        lines += [f"{name.lower()}:{value}" for name, value in fields]
        writer.write("\r\n".join([*lines, "", ""]).encode("latin-1") + body)
        await writer.drain()
        writer.write_eof()
        while await reader.read(65536):
            pass
    except (asyncio.IncompleteReadError, OSError):
        pass
    finally:
        writer.close()


async def main(host, port):
    server = await asyncio.start_server(talk, host, port)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
