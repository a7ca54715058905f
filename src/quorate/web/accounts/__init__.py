"""Accounts: how somebody whom the record knows comes in by a browser. Rights are in the record, never here."""
