"""Puzzle: it works with my browser, and not with anybody else's."""

from puzzle_short_loop import HEAD, receive
from stage import scene

if __name__ == "__main__":
    scene("A GET", receive, [b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"])
    scene("Another client", receive, [HEAD.replace(b"-Length", b"-length"), b"milk\r\nrice"])
    scene("No space", receive, [HEAD.replace(b"Host: ", b"Host:"), b"milk\r\nrice"])
    scene("A sign", receive, [HEAD.replace(b"10", b"+1_0"), b"milk\r\nrice"])
