"""The same bytes, read as the Content-Type says."""

from email.message import Message

BODY = "<p>café</p>".encode()


def shown_as(content_type: str, body: bytes) -> str:
    """What a person sees, if the program believes the field."""
    field = Message()
    field["Content-Type"] = content_type
    text = body.decode(field.get_content_charset("latin-1"))
    return f"a page that says {text[3:-4]!r}" if field.get_content_type() == "text/html" else f"{text!r}"


if __name__ == "__main__":
    print("the body:", BODY)
    for content_type in (
        "text/html; charset=utf-8",
        "text/html; charset=iso-8859-1",
        "text/plain; charset=utf-8",
    ):
        print(f"Content-Type: {content_type:30} {shown_as(content_type, BODY)}")
