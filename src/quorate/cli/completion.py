"""`quorate completion`: the script that makes a shell complete commands, options and kinds."""

import click
from click.shell_completion import get_completion_class

from quorate.canon.fault import Malformed
from quorate.cli.options import common
from quorate.cli.output import print_json

SHELLS = ("bash", "fish", "zsh")


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
@common
@click.pass_context
def completion(context: click.Context, *, shell: str, as_json: bool) -> None:
    """Print the completion script of a SHELL.

    \b
    quorate completion bash >> ~/.bashrc
    """  # noqa: D301  # \b is for click: keep the lines
    made = get_completion_class(shell)
    if made is None:
        raise Malformed(shell, f"one of {', '.join(SHELLS)}")
    root = context.find_root().command
    script = made(root, {}, "quorate", "_QUORATE_COMPLETE").source()
    if as_json:
        print_json({"completion": {"shell": shell, "script": script}})
    else:
        click.echo(script)
