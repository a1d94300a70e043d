"""What students handed in becomes Submissions: read once, bounded, never followed through a link."""

from grader.intake.folders import NoSubmissions, read_class, read_folder

__all__ = ["NoSubmissions", "read_class", "read_folder"]
