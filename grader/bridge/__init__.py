"""WebTest across the border: the student's application runs behind a small worker, and only frames come back.

    worker   the other side: calls the application, tells what happens (it imports nothing of ours)
    frames   what it tells, decoded strictly and within bounds
    answer   what came of one call
    app      WebTest's side: a WSGI callable whose calls are calls of the student's

Nothing here judges: grader/expect/contract.py does. WebTest takes a while to import, so nobody imports this room
who does not need it.
"""

from grader.bridge.answer import Answer
from grader.bridge.app import App

__all__ = ["Answer", "App"]
