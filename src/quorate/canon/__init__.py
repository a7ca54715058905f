"""The forms that all else is written in: canonical JSON, identifiers, instants and dates, and the families of errors.

Imports nothing of ours.
"""
