# EXPECT: fail chunks
# From a tutorial for Python 2, where a str was bytes.
def app(environ, start_response):
    path = environ["PATH_INFO"]
    status = "200 OK"
    if path == "/":
        output = "Hello, World!"
    elif path.count("/") == 1:
        output = "hello, " + path[1:]
    else:
        status = "404 Not Found"
        output = "not found"
    response_headers = [("Content-type", "text/plain; charset=utf-8"), ("Content-Length", str(len(output)))]
    start_response(status, response_headers)
    return [output]
