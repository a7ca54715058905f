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


main.holds(
    Commands(
        {
            "init": ("quorate.cli.init:init", "Found an organisation."),
            "import": ("quorate.cli.members:import_members", "Admit members from a CSV file."),
            "act": ("quorate.cli.act:act", "Carry out acts, from files or by name."),
            "show": ("quorate.cli.show:show", "Show meetings, motions, divisions ..."),
            "minutes": ("quorate.cli.minutes:minutes", "Draft the minutes of a meeting."),
            "serve": ("quorate.cli.serve:serve", "Serve the floor in the browser."),
            "invite": ("quorate.cli.invite:invite", "Make links with which people come in."),
            "open": ("quorate.cli.business:open_business", "List open business."),
            "export": ("quorate.cli.export:export", "Write the record as plain files."),
            "verify": ("quorate.cli.verify:verify", "Verify an export."),
            "receipt": ("quorate.cli.receipt:receipt", "Give or check a receipt."),
            "erase": ("quorate.cli.erase:erase", "Erase parts of an entry."),
            "ballot": (
                "quorate.cli.ballot.commands:ballot",
                "Hold a secret ballot that anyone can check.",
            ),
            "restore": ("quorate.cli.export:restore", "Bring a record up to an export of it."),
            "memory": ("quorate.cli.memory:memory", "Show what the signer remembers."),
            "acts": ("quorate.cli.catalogue:acts", "List the acts and their fields."),
            "presets": ("quorate.cli.catalogue:presets", "List presets of standing orders."),
            "completion": ("quorate.cli.completion:completion", "Print a completion script."),
            "bench": ("quorate.cli.bench.command:bench", "Measure this machine."),
            "demo": ("quorate.cli.demo.command:demo", "Play an example organisation."),
        }
    )
)
