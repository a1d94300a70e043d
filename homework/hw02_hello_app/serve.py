"""Runs the application in app.py on the server that comes with Python, so that a browser can ask it.

Run it with `python3 serve.py HOST PORT`; Ctrl-C stops it. It is not handed in.
"""

import sys
from wsgiref.simple_server import make_server

from app import app

if __name__ == "__main__":
    host, port = sys.argv[1], int(sys.argv[2])
    with make_server(host, port, app) as server:
        print(f"http://{host}:{port}/")
        server.serve_forever()
