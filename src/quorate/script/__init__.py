"""Acts from text: read whole, rehearsed, and only then carried out.

yaml_text.py   a file as text, every value with its line
typed_text.py  text given its meaning by the type of its field
acts.py        a file or fields become steps: acts with who acts
written.py     an act as an entry writes it, every field with its place
shorthand.py   what may be written shorter than the act has it: one table, by act
handles.py     `@lenin` for an id
ids.py         ids for what an act opens and does not name
orders.py      standing orders, whole or as a preset with changes; preset.py, presets/
ballots.py     archives and ballots that a script names by their files
members.py     members from a table
rehearsal.py   steps tried on a copy of the state, then handed to the desk
"""
