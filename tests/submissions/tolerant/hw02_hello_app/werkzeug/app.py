# EXPECT: all pass
# Written with Werkzeug: its Request decodes the path, its Response counts, and leaves out the body for HEAD.
# NEEDS: werkzeug markupsafe
from werkzeug.wrappers import Request, Response


@Request.application
def app(request):
    name = request.path[1:]
    if "/" in request.environ["PATH_INFO"][1:]:
        return Response("not here", status=404)
    lines = [f"hello, {name}" if name else "Hello, World!"]
    if request.environ.get("QUERY_STRING"):
        lines.append("query: " + request.environ["QUERY_STRING"])
    return Response("\n".join(lines), mimetype="text/plain")
