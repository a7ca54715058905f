"""Keeping the record: minutes, holds, erasure, and the keys that sign."""
