"""`python -m quorate.cli`, where the script `quorate` is not on the path."""

from quorate.cli.program import main

main()
