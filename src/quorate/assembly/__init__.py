"""The rules of the house: acts in, events out, state as their fold. One module per subject.

Pure: time, identifiers and randomness are arguments. It does not know the record; it returns events.
"""
