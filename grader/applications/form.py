"""The forms of homework 5, from its solution: `respond`, which knows no sockets, as a WSGI application.

The solution's modules are found by their place, and put back to where they were: the server that runs this
application may have a forms.py and a pages.py of its own.
"""

import importlib.util
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

PLACE = Path(__file__).resolve().parents[2] / "solutions" / "hw05_forms"


def load(name: str) -> ModuleType:
    """The solution's module of that name."""
    spec = importlib.util.spec_from_file_location(name, PLACE / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # what imports it by its name, before the next line has ended, finds it
    spec.loader.exec_module(module)
    return module


_names = ("forms", "pages")  # pages.py imports forms.py
_theirs = {name: sys.modules.pop(name) for name in _names if name in sys.modules}
forms, pages = map(load, _names)
for _name in _names:
    del sys.modules[_name]
sys.modules.update(_theirs)


def app(environ: dict[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
    """Reads the form of the request, and gives what `respond` says."""
    method = environ["REQUEST_METHOD"]
    path = environ.get("PATH_INFO", "").encode("latin-1").decode("utf-8", "replace")
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    content_type, query = environ.get("CONTENT_TYPE", ""), environ.get("QUERY_STRING", "")
    try:
        form = forms.read_form(method, query, content_type, body)
    except forms.FormError as error:
        start_response("400 Bad Request", [("Content-Type", "text/plain; charset=utf-8")])
        return [f"{error}\n".encode()]
    status, fields, page = pages.respond(method, path, form)
    start_response(status, fields)
    return [page]
