"""Expectations: what a check demands of the evidence. Each returns, or raises a Mismatch that explains itself.

    programs   a program as such: it listens, it can be imported
    echoes     homework 1
    heads      the head of a response, layer by layer
    http       responses
    contract   what an application does with its two arguments, as the bridge tells it
    texts      what homework 2's application says
    modules    what a module of the student's gives, run beside the server
    pages      forms, as a browser finds them
    gateway    what an application is told by the student's WSGI server
    *_faults   what a fault is called, by what it shows

Those below `http` are imported by the checks that need them: some import WebTest, which takes a while.

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
