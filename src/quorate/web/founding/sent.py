"""A table of members as a form has sent it: pasted, or as a file."""

from django.http import HttpRequest

LONGEST = 2_000_000
"""Characters of a table of members: some tens of thousands of rows."""


def table_in(request: HttpRequest) -> str:
    """The text of the file if one came, else what was pasted."""
    file = request.FILES.get("file")
    if file is None:
        return str(request.POST.get("table", "")).strip()[:LONGEST]
    data: bytes = file.read()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")  # as older spreadsheets save it
    return text.strip()[:LONGEST]
