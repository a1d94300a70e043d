class FormError(Exception):
    pass


class File:
    def __init__(self, filename, content):
        self.filename = filename
        self.content = content


def unescape(text):
    return text.replace("+", " ").replace("%20", " ").replace("%2C", ",").replace("%21", "!")


def read_form(method, query, content_type, body):
    data = query if method == "GET" else body.decode()
    form = {}
    for pair in data.split("&"):
        if "=" in pair:
            key, value = pair.split("=")
            form[unescape(key)] = unescape(value)
    return list(form.items())
