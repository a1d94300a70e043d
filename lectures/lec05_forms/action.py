"""Where a form goes: its action, resolved by our rule, and the same as Chromium 155 resolved it."""

from urllib.parse import urljoin, urlsplit

PAGE = "http://127.0.0.1:8000/book/new?x=1"  # the address of the page with the form, which sends a=1

CAPTURED = {  # method and action: the request-target in Chromium's request-line
    ("get", ""): "/book/new?a=1",
    ("post", ""): "/book/new?x=1",
    ("get", "send"): "/book/send?a=1",
    ("get", "../send"): "/send?a=1",
    ("get", "/send?lost=1"): "/send?a=1",
    ("post", "/send?kept=1"): "/send?kept=1",
    ("post", "?y=2"): "/book/new?y=2",
    ("get", "/send#part"): "/send?a=1",
}


def target(page: str, method: str, action: str, pairs: str) -> str:
    """The request-target for a form: a GET puts the pairs where the action has its query."""
    url = urlsplit(urljoin(page, action))
    query = pairs if method == "get" else url.query
    return url.path + (f"?{query}" if query else "")


if __name__ == "__main__":
    agreed = 0
    for (method, action), sent in CAPTURED.items():
        ours = target(PAGE, method, action, "a=1")
        print(f"{method:4}  action={action!r:16} {ours}")
        agreed += ours == sent
    print(f"Chromium agrees with {agreed} of {len(CAPTURED)}")
