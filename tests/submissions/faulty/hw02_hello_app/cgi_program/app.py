# EXPECT: fail returns
# Written as a CGI program: status and fields are printed, and nothing is returned.
import os


def app(environ, start_response):
    print("Status: 200 OK")
    print("Content-Type: text/plain; charset=utf-8")
    print()
    print("Hello, World!" if environ["PATH_INFO"] == "/" else "hello, " + environ["PATH_INFO"][1:])
    if os.environ.get("QUERY_STRING"):
        print("query:", os.environ["QUERY_STRING"])
