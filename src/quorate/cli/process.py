"""The process around every command: it leaves with an exit code, whatever happens."""

import logging
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from quorate.canon.fault import Malformed
from quorate.cli.commands import InOrder
from quorate.cli.output import Warnings


class Program(InOrder):
    """The root of the commands."""

    def main(  # type: ignore[override]
        self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any
    ) -> Any:
        """Run a command and leave with its exit code."""
        given = list(sys.argv[1:] if args is None else args)
        log = logging.getLogger("quorate")
        log.handlers = [Warnings()]
        log.propagate = False
        extra.pop("standalone_mode", None)
        try:
            _check_text(given)
            code = super().main(given, prog_name or "quorate", standalone_mode=False, **extra)
        except click.exceptions.Abort:
            click.echo("interrupted", err=True)
            code = 130
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.format_message(), err=True)
            code = error.exit_code
        except BrokenPipeError:
            # Whoever read has left (`quorate show … | head`); what Python would flush at exit has nowhere to go.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            code = 1
        except Exception as error:  # noqa: BLE001  # the process edge
            # What puts errors into words knows all the rules; a command that goes well has no need of it.
            report = import_module("quorate.cli.failures").report
            code = report(error, as_json="--json" in given, debug="--debug" in given)
        sys.exit(code if isinstance(code, int) else 0)


def _check_text(arguments: Sequence[str]) -> None:
    """Return if all arguments are text in UTF-8; else no page and no record could have them."""
    for each in arguments:
        try:
            each.encode()
        except UnicodeEncodeError:
            raise Malformed(ascii(each), "an argument in UTF-8") from None
