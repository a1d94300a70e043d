"""When the `finally` of a generator runs: at close(), or when it is freed, or never."""

import gc
from collections.abc import Callable, Iterator


def tell(who: str, text: str) -> None:
    print(f"{who + ':':8}{text}")


def written() -> Iterator[bytes]:
    tell("app", "borrows the database")
    try:
        yield from (b"page 1\r\n", b"page 2\r\n")
    finally:
        tell("app", "gives the database back")


class Page:
    """It holds its generator, which holds `self`, the page."""

    def __init__(self) -> None:
        self.chunks = self.written()

    def written(self) -> Iterator[bytes]:
        yield from written()


def closes(body: Iterator[bytes]) -> None:
    tell("server", f"is given {next(body)!r}")
    tell("server", "body.close()")
    body.close()


def drops(body: Iterator[bytes]) -> None:
    tell("server", f"is given {next(body)!r}")


def closes_unasked(body: Iterator[bytes]) -> None:
    tell("server", "body.close()")
    body.close()


def scene(text: str, serve: Callable[[Iterator[bytes]], None], make: Callable[[], Iterator[bytes]]) -> None:
    print(f"\n# {text}")
    serve(make())
    tell("server", "goes on, and later calls gc.collect()")
    gc.collect()


if __name__ == "__main__":
    gc.disable()  # the collector comes when we call it, so that each run is the same
    scene("The server closes the body", closes, written)
    scene("The server forgets it", drops, written)
    scene("The server forgets a body in a cycle", drops, lambda: Page().chunks)
    scene("The server closes a body that it never asked", closes_unasked, written)
