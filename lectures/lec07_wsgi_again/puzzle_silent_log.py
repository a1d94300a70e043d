"""Puzzle: one page answers with nothing at all, and nothing stands in the log."""

import sys
import traceback
from pathlib import Path

from stage import heading, pair, receives_all, send_head


def serve(app, connection):
    try:
        stored = []
        body = app({}, lambda *arguments: stored.append(arguments))
        send_head(connection, *stored[0])
        for chunk in body:
            connection.sendall(chunk)
    except OSError:
        pass  # the client has left: no fault of ours
    except Exception:
        traceback.print_exc(file=sys.stderr)
        send_head(connection, "500 Internal Server Error", [])
    finally:
        connection.close()


def app(environ, start_response):
    page = Path("no_such_page.html").read_bytes()
    start_response("200 OK", [("Content-Type", "text/html")])
    return [page]


if __name__ == "__main__":
    heading("The page about us")
    with pair() as (client, server):
        serve(app, server)
        receives_all(client)
