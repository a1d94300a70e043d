"""What students handed in becomes Submissions: found in whatever an LMS exports, read once, bounded, never
followed through a link."""

from grader.intake.classes import Class, open_class
from grader.intake.handed import Handed, read, read_anyway, read_folder
from grader.intake.originals import original
from grader.intake.plain import NoSubmissions

__all__ = ["Class", "Handed", "NoSubmissions", "open_class", "original", "read", "read_anyway", "read_folder"]
