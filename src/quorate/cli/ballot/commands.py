"""`quorate ballot`: secret ballots that anyone can check; each command is in a module beside this one."""

import click

from quorate.cli.ballot import count, decrypt, result, setup, stats, status, trustee, verify, vote


class InOrder(click.Group):
    """Commands that are listed as they are needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        """The commands in the order in which they are needed."""
        return list(self.commands)


@click.group(cls=InOrder, short_help="Hold a secret ballot that anyone can check.")
def ballot() -> None:
    """Hold a secret ballot that anyone can check.

    An election lives in a folder, which may be public. Secrets are kept elsewhere: a file with the voters' credentials
    for the registrar, and a key file for each trustee. Every command has --help, --json and --debug.
    """


for command in (
    setup.setup,
    setup.credentials,
    trustee.trustee,
    setup.open_election,
    vote.vote,
    vote.check,
    count.tally,
    count.shuffle,
    decrypt.decrypt,
    result.result,
    verify.verify_archive,
    stats.stats,
    status.status,
):
    ballot.add_command(command)
