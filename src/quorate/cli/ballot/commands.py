"""`quorate ballot`: secret ballots that anyone can check; each command is in a module beside this one."""

import click

from quorate.cli.commands import Commands, InOrder


@click.group(cls=InOrder, short_help="Hold a secret ballot that anyone can check.")
def ballot() -> None:
    """Hold a secret ballot that anyone can check.

    An election lives in a folder, which may be public. Secrets are kept elsewhere: a file with the voters' credentials
    for the registrar, and a key file for each trustee. Every command has --help, --json and --debug.
    """


ballot.commands = Commands(  # type: ignore[assignment]  # click only reads it
    {
        "setup": "quorate.cli.ballot.setup:setup",
        "credentials": "quorate.cli.ballot.setup:credentials",
        "trustee": "quorate.cli.ballot.trustee:trustee",
        "open": "quorate.cli.ballot.setup:open_election",
        "vote": "quorate.cli.ballot.vote:vote",
        "check": "quorate.cli.ballot.vote:check",
        "tally": "quorate.cli.ballot.count:tally",
        "shuffle": "quorate.cli.ballot.count:shuffle",
        "decrypt": "quorate.cli.ballot.decrypt:decrypt",
        "result": "quorate.cli.ballot.result:result",
        "verify": "quorate.cli.ballot.verify:verify_archive",
        "stats": "quorate.cli.ballot.stats:stats",
        "status": "quorate.cli.ballot.status:status",
    }
)
