import asyncio
import io
import logging
import sys
from importlib import import_module
from urllib.parse import unquote_to_bytes

HOP = {"connection", "transfer-encoding", "keep-alive"}


class Gone(Exception):
    pass


class Exchange:
    def __init__(self, loop, writer, version):
        self.loop, self.writer, self.version = loop, writer, version
        self.head = None
        self.begun = False
        self.rest = None
        self.chunked = False

    def send(self, data):
        async def put():
            self.writer.write(data)
            await self.writer.drain()

        try:
            asyncio.run_coroutine_threadsafe(put(), self.loop).result()
        except OSError as error:
            raise Gone from error

    def start_response(self, status, headers, exc_info=None):
        if self.head is not None:
            raise RuntimeError("again")
        code, space, phrase = status.partition(" ")
        if len(code) != 3 or not space:
            raise ValueError(status)
        for name, value in headers:
            (name + value).encode("latin-1")
            if {*"\r\n"} & {*(name + value)} or name.lower() in HOP:
                raise ValueError(name)
        self.head = int(code), phrase, list(headers)
        return self.write

    def begin(self, length=None):
        code, phrase, headers = self.head
        given = {name.lower(): value for name, value in headers}
        if "content-length" in given:
            self.rest = int(given["content-length"])
        elif code in (204, 304):
            self.rest = 0
        elif length is not None:
            self.rest = length
            headers.append(("content-length", str(length)))
        elif self.version == "HTTP/1.1":
            self.chunked = True
            headers.append(("transfer-encoding", "chunked"))
        headers.append(("connection", "close"))
        lines = [f"HTTP/1.1 {code} {phrase}", *(f"{name}:{value}" for name, value in headers), "", ""]
        self.begun = True
        self.send("\r\n".join(lines).encode("latin-1"))

    def write(self, data, length=None):
        if not isinstance(data, bytes):
            raise TypeError(data)
        if not data:
            return
        if self.head is None:
            raise RuntimeError("no start_response")
        if not self.begun:
            self.begin(length)
        if self.rest is not None:
            data = data[: self.rest]
            self.rest -= len(data)
        if self.chunked:
            data = b"%x\r\n%b\r\n" % (len(data), data)
        if data:
            self.send(data)

    def run(self, app, environ):
        result = None
        try:
            try:
                result = app(environ, self.start_response)
                sizes = [len(part) for part in result] if type(result) in (list, tuple) else None
                for part in result:
                    self.write(part, None if sizes is None else sum(sizes))
                if self.head is None:
                    raise RuntimeError("no start_response")
                if not self.begun:
                    self.begin(0)
                if self.chunked:
                    self.send(b"0\r\n\r\n")
            finally:
                if hasattr(result, "close"):
                    result.close()
        except Gone:
            pass
        except Exception:
            logging.exception("the application failed")
            if not self.begun:
                self.send(b"HTTP/1.1 500 Oops\r\nContent-Length: 5\r\nConnection: close\r\n\r\nOops\n")


class Server:
    def __init__(self, host, port, app):
        self.host, self.port, self.app = host, port, app

    async def visit(self, reader, writer):
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            first, *lines = head.decode("latin-1").split("\r\n")[:-2]
            method, target, version = first.split(" ")
            fields = {}
            for line in lines:
                name, _, value = line.partition(":")
                if "_" not in name:
                    fields.setdefault(name.lower(), []).append(value.strip())
            length = fields.pop("content-length", [""])[0]
            kind = fields.pop("content-type", [""])[0]
            body = await reader.readexactly(int(length or 0))
            path, _, query = target.partition("?")
            environ = dict(
                REQUEST_METHOD=method, PATH_INFO=unquote_to_bytes(path).decode("latin-1"), QUERY_STRING=query,
                CONTENT_TYPE=kind, CONTENT_LENGTH=length, SERVER_NAME="localhost", SERVER_PORT=str(self.port),
                SERVER_PROTOCOL=version, REMOTE_ADDR=writer.get_extra_info("peername")[0],
            )
            environ |= {"HTTP_" + name.upper().replace("-", "_"): ",".join(given) for name, given in fields.items()}
            environ |= {
                "wsgi.version": (1, 0), "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(body),
                "wsgi.errors": sys.stderr, "wsgi.multithread": 1, "wsgi.multiprocess": 0, "wsgi.run_once": 0,
            }
            exchange = Exchange(asyncio.get_running_loop(), writer, version)
            await asyncio.to_thread(exchange.run, self.app, environ)
            if writer.can_write_eof():
                writer.write_eof()
            while await reader.read(65536):
                pass
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    def serve_forever(self):
        async def main():
            async with await asyncio.start_server(self.visit, self.host, self.port, limit=1 << 20) as server:
                await server.serve_forever()

        asyncio.run(main())


if __name__ == "__main__":
    module, name = sys.argv[3].split(":")
    Server(sys.argv[1], int(sys.argv[2]), getattr(import_module(module), name)).serve_forever()
