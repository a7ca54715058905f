"""A YAML file as text: every scalar stays the words that were written, and every value knows its line.

So `no` is not false, `1917-10-16` not yet a date and `0123` not 83: what a scalar means is decided by the field it is
for. YAML reserves `@` at the start of a plain scalar; here it stands for a person and needs no quotes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from quorate.canon.canonical import nfc
from quorate.canon.fault import Malformed

_last_step = re.compile(r"(?:\.[^.\[]+|\[[^\]]*\])$")


class Plain(str):
    """A scalar written without quotes, so that `null` and nothing at all may mean that there is no value."""

    __slots__ = ()

    def is_null(self) -> bool:
        """Whether it is one of the ways to write nothing."""
        return self in {"", "~", "null"}


@dataclass(frozen=True, slots=True)
class YamlText:
    """The content of a YAML file: text, lists and mappings, and the line of each by its path such as `$[3].due.on`."""

    name: str
    value: Any
    lines: dict[str, int]

    def where(self, path: str) -> str:
        """The file and line of a path, or of the nearest thing around it."""
        while path not in self.lines and (step := _last_step.search(path)):
            path = path[: step.start()]
        return f"{self.name}:{self.lines[path]}" if path in self.lines else self.name


def read_yaml_text(name: str, data: bytes) -> YamlText:
    """The text of a YAML file, in Unicode NFC. An empty file is None.

    Raises:
        Malformed: not UTF-8, not YAML, an alias, or a key twice; names the file and the line.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise Malformed(f"{name}:{line}", "text in UTF-8", "save the file as UTF-8") from None
    lines: dict[str, int] = {}
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
        value = None if node is None else _plain(name, node, "$", lines)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f"{name}:{mark.line + 1}" if mark else name
        raise Malformed(place, f"YAML ({error.problem or error.context})") from None
    except yaml.YAMLError as error:
        raise Malformed(name, f"YAML ({str(error).splitlines()[0]})") from None
    except RecursionError:
        raise Malformed(name, "YAML that is not nested so deeply") from None
    return YamlText(name, value, lines)


class _Loader(yaml.SafeLoader):
    def check_plain(self) -> bool:
        return self.peek() == "@" or bool(super().check_plain())

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.MarkedYAMLError(problem="aliases are not used here", problem_mark=mark)
        return super().compose_node(parent, index)


def _plain(name: str, node: yaml.Node, path: str, lines: dict[str, int]) -> Any:
    lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        return Plain(nfc(node.value)) if node.style is None else nfc(node.value)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(name, each, f"{path}[{i}]", lines) for i, each in enumerate(node.value)]
    assert isinstance(node, yaml.MappingNode)
    return dict(_members(name, node, path, lines))


def _members(
    name: str, node: yaml.MappingNode, path: str, lines: dict[str, int]
) -> Iterator[tuple[str, Any]]:
    seen = set()
    for key, value in node.value:
        place = f"{name}:{key.start_mark.line + 1}"
        if not isinstance(key, yaml.ScalarNode):
            raise Malformed(place, "a word as key")
        word = nfc(key.value)
        if word in seen:
            raise Malformed(place, f"each key once, not {word!r} again")
        seen.add(word)
        read = _plain(name, value, f"{path}.{word}", lines)
        lines[f"{path}.{word}"] = key.start_mark.line + 1
        yield word, read
