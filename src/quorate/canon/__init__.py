"""The forms that all else is written in: canonical JSON, identifiers, names that are one line, instants and dates, and the families of errors.

Imports nothing of ours.
"""
