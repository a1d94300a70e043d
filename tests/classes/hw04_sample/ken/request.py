class BadRequest(Exception):
    pass


class Request:
    def __init__(self, method, path, headers):
        self.method = method
        self.path = path
        self.headers = headers


class RequestParser:
    def feed(self, data):
        lines = data.decode().split("\r\n")
        method, path, version = lines[0].split()
        headers = {}
        for line in lines[1:]:
            if line:
                name, value = line.split(": ")
                headers[name] = value
        return Request(method, path, headers)
