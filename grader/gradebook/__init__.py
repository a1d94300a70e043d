"""The gradebook: every result, kept the moment it exists; what a course makes of the scores."""

from grader.gradebook.book import Book, Entry, opened
from grader.gradebook.reports import Reports
from grader.gradebook.tables import Place, gradebook_in

__all__ = ["Book", "Entry", "Place", "Reports", "gradebook_in", "opened"]
