"""The commands of `quorate`, and nothing else: each is in a module of its own."""

import click

from quorate.cli import (
    act,
    business,
    catalogue,
    completion,
    erase,
    export,
    init,
    members,
    memory,
    minutes,
    receipt,
    show,
    verify,
)
from quorate.cli.ballot.commands import ballot
from quorate.cli.bench.command import bench
from quorate.cli.demo.command import demo
from quorate.cli.failures import Program


@click.group(
    cls=Program, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(package_name="quorate")
def main() -> None:
    """Decide together, and be able to prove it."""


for command in (
    init.init,
    members.import_members,
    act.act,
    show.show,
    minutes.minutes,
    business.open_business,
    export.export,
    verify.verify,
    receipt.receipt,
    erase.erase,
    ballot,
    export.restore,
    memory.memory,
    catalogue.acts,
    catalogue.presets,
    completion.completion,
    bench,
    demo,
):
    main.add_command(command)
