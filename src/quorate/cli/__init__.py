"""`quorate`: the desk at a terminal. Thin: what a command does is done by the packages below it.

program.py    the commands
failures.py   the edge of the process, where errors become words and exit codes
output.py     one JSON object, or tables for people
"""

from quorate.cli.program import main

__all__ = ["main"]
