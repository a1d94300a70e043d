# EXPECT: fail not_found query_absent unicode_name head_is_empty
# What many write first: any path is a name, text is text, HEAD is a GET, and every variable is there.
def app(environ, start_response):
    path = environ["PATH_INFO"]
    if path == "/":
        message = "Hello, World!"
    else:
        message = "hello, " + path.split("/", 1)[1]
    if environ["QUERY_STRING"]:
        message += "\nquery: " + environ["QUERY_STRING"]
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [message.encode()]
