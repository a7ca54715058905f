"""Divisions: opening, electoral register, votes and counts, result; by circular vote and by secret ballot too."""
