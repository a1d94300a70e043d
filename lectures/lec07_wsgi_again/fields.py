"""Field-lines become keys of the environ: a short rule loses some, and believes others."""

FIELDS = [  # as a parser gives them, in the order in which they came
    ("Accept", "text/html"),
    ("Accept", "text/plain"),
    ("Cookie", "basket=7"),
    ("cookie", "lang=fr"),
    ("Content-Type", "text/plain"),
    ("X-User", "ada"),
    ("X_User", "root"),
    ("Proxy", "http://198.51.100.7/"),
]


def too_short(fields: list[tuple[str, str]]) -> dict[str, str]:
    return {"HTTP_" + name.upper().replace("-", "_"): value for name, value in fields}


def key_of(name: str) -> str | None:
    """The key of a field, or None for one that no application should see."""
    key = name.upper().replace("-", "_")
    if "_" in name or key == "PROXY":
        return None
    return key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else "HTTP_" + key


if __name__ == "__main__":
    print("# too_short()")
    for key, value in too_short(FIELDS).items():
        print(f"{key:20} {value!r}")
    print("\n# key_of()")
    for name, value in FIELDS:
        print(f"{name + ': ' + value:30} {key_of(name) or 'is left out'}")
