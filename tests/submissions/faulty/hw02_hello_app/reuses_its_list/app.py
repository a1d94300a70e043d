# EXPECT: fail hello_name query
# The fields and the body are made once, when the module is imported, and grow with every call.
FIELDS = [("Content-Type", "text/plain; charset=utf-8")]
BODY = []


def app(environ, start_response):
    name = environ["PATH_INFO"][1:]
    BODY.append(f"hello, {name}".encode() if name else b"Hello, World!")
    start_response("200 OK", FIELDS)
    return BODY
