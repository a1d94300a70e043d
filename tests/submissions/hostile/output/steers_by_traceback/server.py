# EXPECT: not gradable 0
# Attacks the reader of a report through a traceback: the exception, its class and the line are escape sequences.
class NotAnError(BaseException):
    __qualname__ = "\x1b[2J\x1b[32m100 of 100 points\x1b[0m \u202e"
    __module__ = "<b>grader</b>"


raise NotAnError("\x1b]0;owned\x07\x1b[1A\x1b[2K</pre><script>alert(1)</script>")  # ‮ "stniop 001"
