"""The commands of `quorate`, and nothing else: each is in a module of its own."""

import click

from quorate.cli.commands import Commands
from quorate.cli.process import Program


@click.group(
    cls=Program, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(package_name="quorate")
def main() -> None:
    """Decide together, and be able to prove it."""


main.commands = Commands(  # type: ignore[assignment]  # click only reads it
    {
        "init": "quorate.cli.init:init",
        "import": "quorate.cli.members:import_members",
        "act": "quorate.cli.act:act",
        "show": "quorate.cli.show:show",
        "minutes": "quorate.cli.minutes:minutes",
        "open": "quorate.cli.business:open_business",
        "export": "quorate.cli.export:export",
        "verify": "quorate.cli.verify:verify",
        "receipt": "quorate.cli.receipt:receipt",
        "erase": "quorate.cli.erase:erase",
        "ballot": "quorate.cli.ballot.commands:ballot",
        "restore": "quorate.cli.export:restore",
        "memory": "quorate.cli.memory:memory",
        "acts": "quorate.cli.catalogue:acts",
        "presets": "quorate.cli.catalogue:presets",
        "completion": "quorate.cli.completion:completion",
        "bench": "quorate.cli.bench.command:bench",
        "demo": "quorate.cli.demo.command:demo",
    }
)
