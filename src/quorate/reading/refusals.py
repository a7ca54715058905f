"""Refusals in words, with people, bodies and days called as their reader calls them."""

from datetime import date, datetime
from typing import Any

from quorate.assembly.refusal import Refused, message
from quorate.reading.reader import Reader


def in_words(reader: Reader, refusal: Refused) -> str:
    """A refusal with people and bodies called by their names."""
    named = {key: _name(reader, value) for key, value in refusal.facts.items()}
    said = message(refusal.code, named)
    return f"{said} ({refusal.clause})" if refusal.clause else said


def _name(reader: Reader, value: Any) -> Any:
    if isinstance(value, datetime):
        return reader.instant(value)
    if isinstance(value, date):
        return reader.day(value)
    if not isinstance(value, str):
        return value
    return reader.person(value) if value in reader.state.people else reader.refer(value)
