"""What a submission may hold, and the error that says that one cannot be judged.

Every number bounds one submission, save those of a class. They are far above what a homework needs, and far below
what would hurt the machine that reads it.
"""

MOST_FILES = 200
MOST_BYTES = 4 << 20  # of all files together
MOST_FILE = 2 << 20  # bytes of one file
DEEPEST = 8  # folders inside folders
LONGEST_NAME = 255  # bytes of one name, in UTF-8: what a file system takes
LONGEST_PATH = 1000  # bytes of a whole path

# An archive that somebody handed in.
MOST_ARCHIVE = (
    16 << 20
)  # bytes of the archive itself: students pack their .git and their .venv, which we skip
MOST_ENTRIES = 10_000  # in it, litter and all
MOST_UNPACKED = 64 << 20  # bytes of a tar without its compression
MOST_RATIO = 100  # bytes unpacked per byte of the archive: text reaches 10, a bomb 1000
FREE_BYTES = 1 << 16  # which any archive may unpack to: a short file of blanks is no bomb

# The export of a class, which comes from the instructor.
MOST_CLASS_ENTRIES = 500_000
MOST_CLASS_UNPACKED = 8 << 30  # bytes of a tar without its compression
MOST_CLASS_RATIO = 1000  # a class is a thousand times nearly the same file
MOST_TABLE = 64 << 20  # bytes of a roster, or of what an LMS says about its export


class Unreadable(ValueError):
    """The submission cannot be judged. The message is the reason, for the student, as the end of a sentence."""


def megabytes(size: int) -> str:
    """4 MiB."""
    return f"{size >> 20} MiB"
