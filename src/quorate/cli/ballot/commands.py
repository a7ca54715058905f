"""`quorate ballot`: secret ballots that anyone can check; each command is in a module beside this one."""

import click

from quorate.cli.commands import Commands, InOrder


@click.group(cls=InOrder)
def ballot() -> None:
    """Hold a secret ballot that anyone can check.

    An election lives in a folder, which may be public. Secrets are kept elsewhere: a file with the voters' credentials
    for the registrar, and a key file for each trustee. Every command has --help, --json and --debug.
    """


ballot.holds(
    Commands(
        {
            "setup": (
                "quorate.cli.ballot.setup:setup",
                "Prepare an election: questions and trustees.",
            ),
            "credentials": (
                "quorate.cli.ballot.setup:credentials",
                "Make the voters' credentials.",
            ),
            "trustee": (
                "quorate.cli.ballot.trustee:trustee",
                "A trustee makes a key: one step, or three.",
            ),
            "open": ("quorate.cli.ballot.setup:open_election", "Fix everything and open the box."),
            "vote": ("quorate.cli.ballot.vote:vote", "Make a ballot and put it into the box."),
            "check": (
                "quorate.cli.ballot.vote:check",
                "Find a ballot in the box, or check one before it is cast.",
            ),
            "tally": (
                "quorate.cli.ballot.count:tally",
                "Close the box and add the ballots up, encrypted.",
            ),
            "shuffle": ("quorate.cli.ballot.count:shuffle", "A trustee shuffles ranked ballots."),
            "decrypt": (
                "quorate.cli.ballot.decrypt:decrypt",
                "A trustee decrypts the tally, in part.",
            ),
            "result": (
                "quorate.cli.ballot.result:result",
                "Put the trustees' parts together: the result.",
            ),
            "verify": (
                "quorate.cli.ballot.verify:verify_archive",
                "Verify an archive, to the last proof.",
            ),
            "stats": (
                "quorate.cli.ballot.stats:stats",
                "Numbers of an archive: sizes, weights, timings.",
            ),
            "status": (
                "quorate.cli.ballot.status:status",
                "Say how far an election is, and what comes next.",
            ),
        }
    )
)
