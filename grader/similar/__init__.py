"""Which submissions of a class have suspiciously much in common: evidence for a person to look at, never a score.

Nothing that is compared is run or imported, and no name that a student chose becomes a path. Whoever finds something
pays for compare50, which is an extra: `make extras` installs it.
"""

from grader.similar.finding import Watcher, find_similar
from grader.similar.handout import BadBase, handout
from grader.similar.programs import Program, program

__all__ = ["BadBase", "Program", "Watcher", "find_similar", "handout", "program"]
