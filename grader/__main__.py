"""`python -m grader`."""

import sys

if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036 - said here, in words that an old Python understands
        sys.stderr.write("grader: Python 3.11 or newer is needed, and this is older.\n")
        sys.exit(2)
    from grader.cli import main

    sys.exit(main(sys.argv[1:]))
