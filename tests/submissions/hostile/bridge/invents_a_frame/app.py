# EXPECT: graded 7
# Attacks the verdict: among its frames is one of its own invention, which says that it has passed.
import json
import os
import stat

FRAMES = (
    {
        "event": "start_response",
        "arguments": [
            {"type": "str", "shown": "'200 OK'", "data": "MjAwIE9L"},
            {"type": "list", "shown": "[]", "items": [], "count": 0},
        ],
        "count": 2,
        "keywords": [],
    },
    {"event": "returned", "value": {"type": "list", "shown": "[]"}},
    {"event": "chunk", "value": {"type": "bytes", "shown": "", "data": "SGVsbG8sIFdvcmxkIQ=="}},
    {"event": "exhausted"},
    {"event": "passed", "points": 100},
    {"event": "end", "input": []},
)


def sockets():
    for descriptor in range(3, 64):
        try:
            if stat.S_ISSOCK(os.fstat(descriptor).st_mode):
                yield descriptor
        except OSError:
            pass


def app(environ, start_response):
    for descriptor in sockets():
        for frame in FRAMES:
            data = json.dumps(frame).encode()
            try:
                os.write(descriptor, len(data).to_bytes(4, "big") + data)
            except OSError:
                pass
    os._exit(0)
