"""Options that several commands of `quorate ballot` have."""

from pathlib import Path

import click

of_election = click.option(
    "--dir",
    "folder",
    type=click.Path(path_type=Path),
    default=Path(),
    envvar="QUORATE_ELECTION",
    help="The election's folder (or QUORATE_ELECTION).  [default: this one]",
)
a_file = click.Path(path_type=Path)
"""A file that there may not be yet."""
passphrase_file = click.option(
    "--passphrase-file",
    type=a_file,
    metavar="FILE",
    help="A file that you alone may read, or a pipe such as /dev/fd/3, with the passphrase of the key file."
    "  [default: ask]",
)
