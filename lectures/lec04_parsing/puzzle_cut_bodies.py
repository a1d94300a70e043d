"""Puzzle: of some notes the end is missing."""

from puzzle_short_loop import HEAD, receive
from stage import scene

if __name__ == "__main__":
    scene("The body is all there", receive, [HEAD + b"tea\r\n\r\nice"])
    scene("Four bytes come with the head", receive, [HEAD + b"milk", b"\r\nrice"])
    scene("The body comes in two pieces", receive, [HEAD, b"milk", b"\r\nrice"])
