"""Puzzle: since yesterday one processor is at 100 per cent, and nobody is served."""

from puzzle_short_loop import receive
from stage import scene

if __name__ == "__main__":
    scene("Half a head, and the client leaves", receive, [b"POST /notes HT"], leaves=True)
