"""Scores and reports in the formats of others: a pure function per format, from our values to their bytes.

`canvas` and `moodle` fill one column of a table that the LMS itself has written. `people` makes tables and JSON of a
class. `gradescope`, `github` and `junit` say what happened to a submission, and tell no more than a student may see.
"""
