"""Commands that are imported when they are used: reading a help page or one command does not load all the others."""

from collections.abc import Iterator, Mapping
from importlib import import_module

import click


class Commands(Mapping[str, click.Command]):
    """Commands by their names, in the order in which they are needed; each is imported when it is asked for."""

    def __init__(self, places: Mapping[str, str]) -> None:
        """`places`: by name of a command, where it is, as `quorate.cli.act:act`."""
        self._places = places
        self._found: dict[str, click.Command] = {}

    def __getitem__(self, name: str) -> click.Command:
        if name not in self._found:
            module, _, attribute = self._places[name].partition(":")
            found: click.Command = getattr(import_module(module), attribute)
            assert found.name == name, name
            self._found[name] = found
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


class InOrder(click.Group):
    """Commands that are listed as they are needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        """The commands in the order in which they are needed."""
        return list(self.commands)
