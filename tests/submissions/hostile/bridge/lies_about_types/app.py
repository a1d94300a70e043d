# EXPECT: graded 16
# Attacks comparisons: its values belong to classes called str, list and bytes, and are equal to everything.
class Liar:
    def __eq__(self, other):
        return True

    def __hash__(self):
        return 0

    def __repr__(self):
        return "'200 OK'"

    __str__ = __repr__


def pretend(kind, value):
    liar = type(kind.__name__, (Liar, kind), {"__class__": kind})
    return liar(value)


def app(environ, start_response):
    fields = pretend(list, [("Content-Type", "text/plain; charset=utf-8")])
    start_response(pretend(str, "200 OK"), fields)
    return pretend(list, [pretend(bytes, b"Hello, World!")])
