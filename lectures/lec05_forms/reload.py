"""A reader signs a guest book and presses reload: with a page for an answer, and with a redirect."""

from collections.abc import Callable

Answer = tuple[str, list[tuple[str, str]], bytes]
Respond = Callable[[str, str, dict[str, str]], Answer]

book: list[str] = []


def page() -> Answer:
    return "200 OK", [("Content-Type", "text/plain")], ", ".join(book).encode()


def at_once(method: str, _path: str, form: dict[str, str]) -> Answer:
    """Take the entry, and answer with the page."""
    if method == "POST":
        book.append(form["name"])
    return page()


def elsewhere(method: str, _path: str, form: dict[str, str]) -> Answer:
    """Take the entry, and answer where the page is."""
    if method == "POST":
        book.append(form["name"])
        return "303 See Other", [("Location", "/book")], b""
    return page()


class Browser:
    """Remembers its last request, for the reload button."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def send(self, method: str, path: str, form: dict[str, str]) -> None:
        self.last = method, path, form
        status, fields, _ = self.respond(method, path, form)
        print(f"{method} {path}: {status}")
        if status.startswith("303"):
            self.send("GET", dict(fields)["Location"], {})


if __name__ == "__main__":
    for respond in (at_once, elsewhere):
        print(f"\n# {respond.__name__}")
        book.clear()
        browser = Browser(respond)
        browser.send("POST", "/book", {"name": "Ada"})
        print("(reload)")
        browser.send(*browser.last)
        print("in the book:", book)
