"""The first start: a folder without an organisation gets one in the browser, in six pages and one transaction.

key.py       the key in the address that the command prints, and which browser has used it
typed.py     what was typed so far: it is kept until the end, whichever way somebody goes
presets.py   the presets of standing orders in plain words
sent.py      a table of members, pasted or as a file
people.py    a pasted list or a table of members, and what is doubtful in it
plan.py      the acts that all of it comes to, rehearsed
begin.py     founding: the folder, and the acts of a plan or of the demo
pages.py     the pages
"""
