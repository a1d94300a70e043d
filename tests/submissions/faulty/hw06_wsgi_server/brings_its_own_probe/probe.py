import json


def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "application/json")])
    if environ["PATH_INFO"] == "/":
        return [b"the probe is here"]
    right = {"type": "str", "text": ""}
    path = {"type": "str", "text": environ["PATH_INFO"]}
    return [json.dumps({"type": "dict", "items": {"SCRIPT_NAME": right, "PATH_INFO": path}}).encode()]


def another(environ, start_response):
    start_response("200 OK", [])
    return [b"another application"]
