"""What a browser calls itself, in words for whoever wants to know it again."""

_PROGRAMS = (
    ("Edg/", "Edge"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_MACHINES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


def device_of(user_agent: str) -> str:
    """Program and machine, such as `Firefox on Android`; what is not known is left out."""
    program = _first(_PROGRAMS, user_agent) or "A browser"
    machine = _first(_MACHINES, user_agent)
    return f"{program} on {machine}" if machine else program


def _first(known: tuple[tuple[str, str], ...], text: str) -> str:
    return next((word for mark, word in known if mark in text), "")
