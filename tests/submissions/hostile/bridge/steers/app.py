# EXPECT: graded 20
# Attacks the reader of a report: type, message, status and chunk of its answer are escape sequences and markup.
TRICK = "\x1b[2J\x1b[32m100 of 100 points\x1b[0m \u202e<script>alert(1)</script>\ud800\x00\x9b31m"


def app(environ, start_response):
    start_response(TRICK, [(TRICK, TRICK)])
    yield TRICK
    raise type(TRICK.replace("\x00", "").replace("\ud800", ""), (BaseException,), {})(TRICK)
