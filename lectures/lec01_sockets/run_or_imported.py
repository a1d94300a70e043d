"""One file, executed twice: as the program that was started, and as a module that is imported."""

import importlib

print(f"executing this file; __name__ is {__name__!r}")


def greeting(name: str) -> bytes:
    """The line with which a server would greet."""
    return b"Hello, %s\r\n" % name.encode()


if __name__ == "__main__":
    print("this is the program that was started: its work begins")
    module = importlib.import_module("run_or_imported")
    print("the import has started nothing, and gives", module.greeting("Ada"))
