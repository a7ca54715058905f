"""Commands that are imported when they are used: a list of them loads none, and one does not load the others."""

from collections.abc import Iterator, Mapping
from importlib import import_module

import click
from click.shell_completion import CompletionItem


class Commands(Mapping[str, click.Command]):
    """Commands by their names, in the order in which they are needed; each is imported when it is asked for."""

    def __init__(self, places: Mapping[str, tuple[str, str]]) -> None:
        """`places`: by name of a command, where it is, as `quorate.cli.act:act`, and what it does, in a line."""
        self._places = places
        self._found: dict[str, click.Command] = {}

    def __getitem__(self, name: str) -> click.Command:
        if name not in self._found:
            place, does = self._places[name]
            module, _, attribute = place.partition(":")
            found: click.Command = getattr(import_module(module), attribute)
            assert found.name == name, name
            found.short_help = does
            self._found[name] = found
        return self._found[name]

    def does(self, name: str) -> str:
        """What a command does, in a line."""
        return self._places[name][1]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


class InOrder(click.Group):
    """Commands that are listed as they are needed."""

    places: Commands

    def holds(self, places: Commands) -> None:
        """Have these commands."""
        self.places = places
        self.commands = places  # type: ignore[assignment]  # click only reads it

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        """The commands in the order in which they are needed."""
        return list(self.places)

    def format_commands(
        self,
        ctx: click.Context,  # noqa: ARG002  # click's signature
        formatter: click.HelpFormatter,
    ) -> None:
        """Write the list of the commands."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, self.places.does(name)) for name in self.places])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The commands that begin so, with what they do, and the options of this one."""
        names = [name for name in self.places if name.startswith(incomplete)]
        options = super(click.Group, self).shell_complete(ctx, incomplete)
        return [CompletionItem(name, help=self.places.does(name)) for name in names] + options
