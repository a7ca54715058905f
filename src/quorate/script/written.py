"""An act as an entry of a script writes it: its fields, and where each of them stands."""

from dataclasses import dataclass
from typing import Any

from quorate.canon.fault import Malformed
from quorate.desk.archives import Paper
from quorate.script.yaml_text import YamlText

STAMP = ("by", "behalf", "known_by", "entered_by", "at", "confirm_time", "token")
"""Keys of an entry for who acts, and when; a field of the act with one of these names goes under `with`."""
KEYS = ("do", "with", "expect", *STAMP)


@dataclass(slots=True)
class Written:
    """An act as it is written, while it is read."""

    text: YamlText
    name: str
    path: str
    """The path of the entry."""
    fields: dict[str, Any]
    paths: dict[str, str]
    """The path of each field that is written."""
    paper: Paper | None = None
    """The archive of ballots whose file it names."""

    def path_of(self, field: str) -> str:
        """The path of a field, or the one that it would have if it were written."""
        return self.paths.get(field, f"{self.path}.{field}")

    def where(self, field: str) -> str:
        """The file and line of a field."""
        return self.text.where(self.path_of(field))


def read_entry(text: YamlText, name: str, entry: dict[str, Any], path: str) -> Written:
    """An entry that does an act: the fields are those of the entry itself, and those under `with`.

    Raises:
        Malformed: `with` has no fields.
    """
    fields = {key: value for key, value in entry.items() if key not in KEYS}
    paths = {key: f"{path}.{key}" for key in fields}
    inner = entry.get("with", {})
    if not isinstance(inner, dict):
        raise Malformed(text.where(f"{path}.with"), "fields of the act")
    fields |= inner
    paths |= {key: f"{path}.with.{key}" for key in inner}
    return Written(text, name, path, fields, paths)
