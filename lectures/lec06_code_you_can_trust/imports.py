"""A file that is imported may define things; whatever else it does is caught here."""

import sys

WORK = {"builtins.input", "socket.bind", "socket.connect", "subprocess.Popen"}  # as Python calls them

FILES = {
    "binds.py": 'import socket\nwith socket.socket() as listener:\n    listener.bind(("", 8000))\n',
    "logs.py": 'log = open("requests.log", "w")\n',
    "asks.py": 'port = int(input("port? "))\n',
    "reads_arguments.py": "import sys\nport = int(sys.argv[2])\n",
    "guarded.py": 'def main():\n    input("port? ")\n\nif __name__ == "__main__":\n    main()\n',
}


class DoesWork(Exception):
    """What an import was about to do."""


def watch(event: str, arguments: tuple[object, ...]) -> None:
    """Python calls this before it does something that a guard might want to know."""
    if event in WORK or (event == "open" and "w" in str(arguments[1])):
        raise DoesWork(event)


def imported(source: str) -> str:
    """What comes of an import of a file with this source."""
    try:
        exec(source, {"__name__": "server"})
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return "starts nothing"


if __name__ == "__main__":
    sys.addaudithook(watch)
    for name, source in FILES.items():
        print(f"{name:20}{imported(source)}")
