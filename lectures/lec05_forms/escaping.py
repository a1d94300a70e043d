"""What the user typed comes back as part of a page: as text, or as markup that a browser obeys."""

from html import escape
from html.parser import HTMLParser

SCRIPT = "<script>steal()</script>"
QUOTE = '" onfocus="steal()'
SPACE = "x onfocus=steal()"

PAGES = {  # how it was made: a page
    "typed as it came": f"<p>Hello, {SCRIPT}.</p>",
    "typed and escaped": f"<p>Hello, {escape(SCRIPT)}.</p>",
    "in quotes as it came": f'<input value="{QUOTE}">',
    "in quotes, escape(quote=False)": f'<input value="{escape(QUOTE, quote=False)}">',
    "in quotes and escaped": f'<input value="{escape(QUOTE)}">',
    "escaped, but without quotes": f"<input value={escape(SPACE)}>",
}


class Reader(HTMLParser):
    """Prints what a browser finds in a page."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        print(f"    element {tag}", *(f"with {name}={value!r}" for name, value in attrs))

    def handle_data(self, data: str) -> None:
        print(f"    text {data!r}")


if __name__ == "__main__":
    for title, page in PAGES.items():
        print(f"\n{title}: {page}")
        reader = Reader()
        reader.feed(page)
        reader.close()
