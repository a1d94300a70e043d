"""One writer at a time: a lock on a file beside the gradebook, which the kernel takes back from whoever dies."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from grader.outcome import Refusal

NAME = "gradebook.lock"


@contextmanager
def sole_writer(out: Path) -> Iterator[None]:
    """Nobody else writes to `out` meanwhile. Raises Refusal where somebody does."""
    import fcntl  # not on Windows, where nothing is graded

    with (out / NAME).open("ab") as file:
        try:
            # Not flock(): that lock would pass to the workers, and outlive a driver that is killed until they end.
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Refusal(
                f"Another run is writing its results to {out}. Wait for it, or choose another --out."
            ) from None
        yield
