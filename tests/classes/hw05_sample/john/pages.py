FORM = """<html><body>
<form id="by_get" method="get" action="/process_form">
<input name="name"><input name="note"><input type="submit"></form>
<form id="by_post" method="post" action="/process_form">
<input name="name"><input name="note"><input type="submit"></form>
<form id="upload" method="post" action="/process_form">
<input name="name"><input type="file" name="file"><input type="submit"></form>
<form id="greet" method="post" action="/greet">
<input name="name"><input type="submit"></form>
</body></html>"""
HTML = [("Content-Type", "text/html; charset=utf-8")]


def respond(method, path, form):
    if path == "/":
        return "200 OK", HTML, FORM.encode()
    if path == "/process_form":
        items = "".join(f"<li>{name}: {value}</li>" for name, value in form)
        return "200 OK", HTML, f"<html><body><ul>{items}</ul></body></html>".encode()
    if path == "/greet":
        return "302 Found", [("Location", "/process_form?name=" + dict(form)["name"])], b""
    return "404 Not Found", HTML, b"<html><body>404</body></html>"
