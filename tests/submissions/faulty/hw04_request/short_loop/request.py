"""TODO: move the parsing here"""


class BadRequest(Exception):
    def __init__(self, status, reason):
        self.status = status
        self.reason = reason


class RequestParser:
    def feed(self, data):
        return None
