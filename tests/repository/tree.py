"""The files of this repository, without what is built or kept beside it."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
BESIDE = {"build", "__pycache__", "node_modules"}
DOTTED = {".ci", ".gitignore", ".github"}
"""What begins with a dot and is ours; all else that does is a tool's."""


def files(*suffixes: str, under: str = "") -> Iterator[Path]:
    """The files with one of these suffixes, or all; in order."""
    for path in sorted((ROOT / under).rglob("*")):
        names = path.relative_to(ROOT).parts
        ours = not any(
            name in BESIDE or (name.startswith(".") and name not in DOTTED) for name in names
        )
        if ours and path.is_file() and (not suffixes or path.suffix in suffixes):
            yield path


def python(*folders: str) -> list[Path]:
    """The modules in some folders."""
    return [path for folder in folders for path in files(".py", under=folder)]


@cache
def parsed(path: Path) -> ast.Module:
    """The syntax tree of a module."""
    return ast.parse(path.read_text(encoding="utf-8"))
