"""A form with a file, as Chromium 155 sent it: multipart/form-data, line by line."""

from stage import lines

FORM = """\
<form method="post" enctype="multipart/form-data" action="/process_form">
  <input name="title">
  <input type="file" name="picture">
  <button>Send</button>
</form>
"""

HEAD = (
    b"POST /process_form HTTP/1.1\r\n"
    b"Host: 127.0.0.1:8000\r\n"
    b"Content-Length: 289\r\n"
    b"Content-Type: multipart/form-data; boundary=----WebKitFormBoundaryiJX2Sn3r0l3kyrI7\r\n"
    b"\r\n"
)

BODY = (
    b"------WebKitFormBoundaryiJX2Sn3r0l3kyrI7\r\n"
    b'Content-Disposition: form-data; name="title"\r\n'
    b"\r\n"
    b"My cat\r\n"
    b"------WebKitFormBoundaryiJX2Sn3r0l3kyrI7\r\n"
    b'Content-Disposition: form-data; name="picture"; filename="cat.png"\r\n'
    b"Content-Type: image/png\r\n"
    b"\r\n"
    b"\x89PNG\r\n\x1a\n\r\n"
    b"------WebKitFormBoundaryiJX2Sn3r0l3kyrI7--\r\n"
)

if __name__ == "__main__":
    lines(HEAD + BODY)
    try:
        BODY.decode()
    except UnicodeDecodeError as error:
        print(f"\nBODY.decode() raises UnicodeDecodeError: {error.reason}")
    print(
        "with errors='replace' it has", len(BODY.decode(errors="replace").encode()), "bytes, not", len(BODY)
    )
