"""Where jobs run. An engine takes jobs and gives back reports, in whatever order they are done.

`Local` runs them on this machine. `grader.engine.cluster` runs them on many, and is imported only where it is asked
for: it needs Dask, which `make extras` installs.
"""

from grader.engine.engine import Engine, Making
from grader.engine.local import Local, here

__all__ = ["Engine", "Local", "Making", "here"]
