# EXPECT: all pass
# asyncio streams; a head is one regular expression; folds and control characters become spaces.
import asyncio
import sys

from request import BadRequest, RequestParser

KNOWN = {"GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"}
PHRASES = {200: "Fine", 400: "Come again", 404: "", 405: "No", 413: "Too much", 414: "Too long", 431: "Too much", 501: "What", 505: "When"}


def page(request):
    if request.method not in KNOWN:
        return 501, [], "unknown method"
    if not request.path.startswith(b"/") or b"/" in request.path[1:]:
        return 404, [], "nothing here"
    if request.method != "GET":
        return 405, [("allow", "get, GET, HEAD".replace("get, ", ""))], "GET only"
    name = request.path[1:].decode(errors="replace")
    return 200, [], f"hello, {name}" if name else "Hello, World!"


async def talk(reader, writer):
    parser, request = RequestParser(), None
    try:
        while request is None:
            data = await reader.read(1000)
            if not data:
                break
            request = parser.feed(data)
        answer = page(request) if request else None
    except BadRequest as error:
        answer = error.status, [], error.reason
    if answer:
        status, fields, text = answer
        body = text.encode()
        fields = [("server", "asyncio"), ("content-length", len(body)), *fields, ("connection", "close"), ("content-type", "text/plain;charset=UTF-8")]
        head = f"HTTP/1.1 {status} {PHRASES[status]}\r\n" + "".join(f"{n}:{v}\r\n" for n, v in fields) + "\r\n"
        writer.write(head.encode() + body)
        await writer.drain()
        writer.write_eof()
        while await reader.read(65536):
            pass


async def guarded(reader, writer):
    try:
        await talk(reader, writer)
    except OSError:
        pass
    finally:
        writer.close()


async def main(host, port):
    async with await asyncio.start_server(guarded, host, port) as server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
