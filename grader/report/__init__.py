"""A Report becomes what people and programs read: terminal, plain text, web pages, JSON.

`terminal` draws the screens with rich, `text` writes the same screens as plain files, `json` keeps a report
exactly, `html` makes web pages, one of each submission and one of the class, and `progress` shows a class while it
is judged. Importing this package imports none of them: a command pays only for what it shows.
"""
