"""`quorate ballot`: secret ballots that anyone can check; each command is in a module beside this one."""

import click

from quorate.cli import (
    ballot_count,
    ballot_result,
    ballot_setup,
    ballot_stats,
    ballot_status,
    ballot_trustee,
    ballot_verify,
    ballot_vote,
)


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
    ballot_setup.setup,
    ballot_setup.credentials,
    ballot_trustee.trustee,
    ballot_setup.open_election,
    ballot_vote.vote,
    ballot_vote.check,
    ballot_count.tally,
    ballot_count.shuffle,
    ballot_count.decrypt,
    ballot_result.result,
    ballot_verify.verify_archive,
    ballot_stats.stats,
    ballot_status.status,
):
    ballot.add_command(command)
