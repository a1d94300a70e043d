"""Where jobs run. An engine takes jobs and gives back reports, in whatever order they are done."""

from grader.engine.local import Local

__all__ = ["Local"]
