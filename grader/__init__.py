"""The grader of the course: judges submissions of homework steps. `python -m grader --help` says how."""
