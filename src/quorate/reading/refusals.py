"""Refusals in words, with people, bodies and days called as their reader calls them."""

from datetime import date, datetime
from typing import Any

from quorate.assembly.refusal import Refused, message
from quorate.reading.reader import Eyes


def in_words(eyes: Eyes, refusal: Refused) -> str:
    """A refusal with people and bodies called by their names."""
    named = {key: _name(eyes, value) for key, value in refusal.facts.items()}
    said = message(refusal.code, named)
    return f"{said} ({refusal.clause})" if refusal.clause else said


def _name(eyes: Eyes, value: Any) -> Any:
    if isinstance(value, datetime):
        return eyes.instant(value)
    if isinstance(value, date):
        return eyes.day(value)
    if not isinstance(value, str):
        return value
    return eyes.person(value) if value in eyes.state.people else eyes.refer(value)
