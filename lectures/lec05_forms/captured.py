"""One form, sent in three ways: what Chromium 155 sent, less the field-lines that do not concern the form."""

from stage import lines

FORM = """\
<form method="get" enctype="application/x-www-form-urlencoded" action="/process_form">
  <input name="name">
  <input name="note">
  <button>Send</button>
</form>
"""

GET = (
    b"GET /process_form?name=Ada+Lovelace&note=1%2B1%3D2+%26+caf%C3%A9 HTTP/1.1\r\n"
    b"Host: 127.0.0.1:8000\r\n"
    b"\r\n"
)

POST = (
    b"POST /process_form HTTP/1.1\r\n"
    b"Host: 127.0.0.1:8000\r\n"
    b"Content-Length: 46\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\n"
    b"\r\n"
    b"name=Ada+Lovelace&note=1%2B1%3D2+%26+caf%C3%A9"
)

PLAIN = (
    b"POST /process_form HTTP/1.1\r\n"
    b"Host: 127.0.0.1:8000\r\n"
    b"Content-Length: 39\r\n"
    b"Content-Type: text/plain\r\n"
    b"\r\n"
    b"name=Ada Lovelace\r\n"
    b"note=1+1=2 & caf\xc3\xa9\r\n"
)

if __name__ == "__main__":
    for title, captured in (
        ('method="get"', GET),
        ('method="post"', POST),
        ('method="post" enctype="text/plain"', PLAIN),
    ):
        print(f"\n# {title}")
        lines(captured)
