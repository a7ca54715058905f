"""`quorate`: the desk at a terminal. Thin: what a command does is done by the packages below it.

program.py    the commands, and the edge where errors become words and exit codes
premises.py   the folder in which an organisation's record, key and signer's memory are
output.py     one JSON object, or tables for people
"""

from quorate.cli.program import main

__all__ = ["main"]
