"""`quorate`: the desk at a terminal. Thin: what a command does is done by the packages below it.

program.py    the commands, each in a module of its own; commands.py imports one when it is used
process.py    what stands around every command
ballot/       `quorate ballot` and its commands; demo/ and bench/, those of two large ones
setbacks.py   why acts are not carried out, in words; imported only then
failures.py   the edge of the process, where errors become words and exit codes
options.py    options that several commands have
readers.py    the state as a reader sees it
output.py     one JSON object, or tables for people; pages/, what is shown of each kind of thing
layout.py     text in lines of a width: paragraphs, tables, cards
progress.py   a progress bar, and bar.py what draws it
"""

from quorate.cli.program import main

__all__ = ["main"]
