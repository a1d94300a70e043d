"""Reports as web pages: one of each submission, and one of the class that leads to them.

Each page is one file that needs nothing else: no network, no second file, and no script to be read. All text enters
a page through `site`, which makes it harmless. Whoever imports this package pays for Jinja.
"""

from grader.report.html.classroom import class_page
from grader.report.html.student import student_page

__all__ = ["class_page", "student_page"]
