"""One application, asked by WebTest and by a client of a real server: it is the same function."""

from by_hand import app
from stage import Server, request, say
from webtest import AppError, TestApp


def test_a_book_has_its_page() -> None:
    page = TestApp(app).get("/emma")
    assert page.status == "200 OK"
    assert page.content_type == "text/plain"
    page.mustcontain("Jane Austen", no="Spyri")


def test_an_unknown_book_is_not_found() -> None:
    TestApp(app).get("/nothing", status=404)


def test_head_has_the_fields_of_get() -> None:
    browser = TestApp(app)
    page, head = browser.get("/heidi"), browser.head("/heidi")
    assert head.headerlist == page.headerlist
    assert head.body == b""


if __name__ == "__main__":
    for test in (
        test_a_book_has_its_page,
        test_an_unknown_book_is_not_found,
        test_head_has_the_fields_of_get,
    ):
        test()
        print(test.__name__, "passes")

    try:
        TestApp(app).get("/nothing")
    except AppError as error:
        print("\nAppError:", str(error).splitlines()[0])

    page = TestApp(app).get("/emma")
    print("\nWebTest reads", page.status, page.headerlist, page.body, sep="\n    ")
    with Server(app) as server:
        print()
        say("client reads", server.answer(request("/emma")))
