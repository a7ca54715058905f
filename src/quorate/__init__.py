"""Quorate: for organisations that must decide together and be able to prove it."""

__version__ = "0.1.0"
