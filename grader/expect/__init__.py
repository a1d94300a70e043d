"""Expectations: what a check demands of the evidence. Each returns, or raises a Mismatch that explains itself.

    programs   a program as such: it listens, it can be imported
    echoes     homework 1
    http       responses
    faults     what a fault is called, by what it shows

A Mismatch holds the middle of a lesson card: what was expected, what came instead, and where they part.
"""

from grader.expect.echoes import echo, end_of_stream, nothing_more, serves
from grader.expect.mismatch import Mismatch
from grader.expect.programs import ended_by_itself, not_listening, refused

__all__ = [
    "Mismatch",
    "echo",
    "end_of_stream",
    "ended_by_itself",
    "not_listening",
    "nothing_more",
    "refused",
    "serves",
]
