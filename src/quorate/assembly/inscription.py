"""What an entry says: an event and its stamp written as parts, and read back.

The part `act` is canonical JSON of the stamp's fields and, under `event`, the event. Free words and personal data
(`PART_FIELDS` of the act) are left out of it and become parts of their own, each the canonical JSON of its value.
Both who writes entries and who audits them read them here.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple, get_args

import msgspec

from quorate.assembly.act import EVENTS, PART_FIELDS, Act, Event, Stamp, act_name
from quorate.canon import canonical
from quorate.canon.fault import Malformed
from quorate.canon.line import check_line, check_text, may_have_control
from quorate.canon.moment import FIRST_YEAR, LAST_YEAR

ACT_PART = "act"
MAX_ACT_BYTES = 2**20
"""As canonical JSON. An export has the parts of 256 entries in one file, and who reads it takes no more than 2^30 bytes."""
OF_MANY_LINES = {
    *("text", "reason", "notice", "contact", "venue"),
    *("words", "remit", "grounds", "demands", "what", "condition", "conditions", "value"),
}
"""Fields in which a text can have several lines, wherever in an act they are; in all others it is one, as a name is."""


class Inscription(Stamp, frozen=True, kw_only=True, omit_defaults=True):
    """A stamp together with its event; the shape of the part `act`."""

    event: Any


class _Decoders(NamedTuple):
    act: msgspec.json.Decoder[Any]
    parts: dict[str, msgspec.json.Decoder[Any]]
    """The decoder of each part field that the event's act has."""


def inscribe(event: Event, stamp: Stamp) -> dict[str, bytes]:
    """The parts of an event's entry, by name, in canonical bytes.

    Raises:
        Malformed: it cannot be written, or a name or another text that is one line is not.
    """
    words = part_values(event)
    if words:
        act = msgspec.structs.replace(_act_of(event), **dict.fromkeys(words))
        event = msgspec.structs.replace(event, act=act)
    inscription = Inscription(
        at=stamp.at,
        offset=stamp.offset,
        by=stamp.by,
        behalf=stamp.behalf,
        known_by=stamp.known_by,
        entered_by=stamp.entered_by,
        token=stamp.token if _has_act(type(event)) else "",
        event=event,
    )
    parts = {ACT_PART: canonical.encode(inscription)}
    for name, value in words.items():
        parts[name] = canonical.encode(value)
    for name, data in parts.items():
        if may_have_control(data):
            _check_lines(canonical.decode(data), name)
    return parts


def _check_lines(value: Any, name: str) -> None:
    """Return if every text in a value is one line, but where there can be several; `name` is that of the field it is in."""
    match value:
        case str():
            (check_text if name in OF_MANY_LINES else check_line)(value, name)
        case list():
            for each in value:
                _check_lines(each, name)
        case dict():
            for key, each in value.items():
                check_line(key, name)
                _check_lines(each, key)
        case _:
            pass  # a number has no lines


def require_readable(act: Act) -> None:
    """Return if an act that is asked for can be recorded and read again as the same; about 2 µs.

    It comes from outside, and a value may have the type of its field and still be none that the field takes. Rules rely on
    what a field takes, and nobody could read the record again behind an entry with such a value.

    Raises:
        Malformed: it cannot; says which field, if one alone tells.
    """
    kind = type(act)
    for name in _dated_fields(kind):
        when = getattr(act, name)
        if isinstance(when, datetime) and when.utcoffset() != timedelta():
            raise Malformed(name, "an instant in UTC")  # as every instant in an entry is
        if isinstance(when, date) and not FIRST_YEAR <= when.year <= LAST_YEAR:
            raise Malformed(name, f"a day of the years {FIRST_YEAR} to {LAST_YEAR}")
    data = canonical.encode(act)
    if len(data) > MAX_ACT_BYTES:
        raise Malformed(act_name(kind), f"at most {MAX_ACT_BYTES} bytes with all its words")
    try:
        read = _act_decoder(kind).decode(data)
    except (msgspec.DecodeError, Malformed) as error:
        raise Malformed(act_name(kind), str(error)) from None
    if read != act:
        raise Malformed(act_name(kind), "values that are the same when they are read again")


def read_inscription(kind: str, parts: Mapping[str, bytes]) -> Inscription:
    """The event and stamp that the parts of an entry of a kind say; words that are missing are None.

    The result is the stamp itself, with the event as its `event`.

    Raises:
        Malformed: an unknown kind, no part `act`, or a part that does not parse.
    """
    decoders = _decoders_of(kind)
    try:
        inscription: Inscription = decoders.act.decode(parts[ACT_PART])
        words = {
            name: decoder.decode(parts[name])
            for name, decoder in decoders.parts.items()
            if name in parts
        }
    except KeyError:
        raise Malformed(kind, "a part `act`") from None
    except msgspec.DecodeError as error:
        raise Malformed(kind, str(error)) from error
    if not FIRST_YEAR <= inscription.at.year <= LAST_YEAR:  # no day of another could be reckoned
        raise Malformed(kind, f"an instant of the years {FIRST_YEAR} to {LAST_YEAR}")
    if not words:
        return inscription
    event = msgspec.structs.replace(
        inscription.event, act=msgspec.structs.replace(inscription.event.act, **words)
    )
    return msgspec.structs.replace(inscription, event=event)


def part_values(event: Event) -> dict[str, Any]:
    """The words of an event's act that become parts of their own, by name of the part; absent ones left out."""
    names = part_names(type(event))
    if not names:
        return {}
    act = _act_of(event)
    return {name: value for name in names if (value := getattr(act, name)) is not None}


@cache
def part_names(event: type[Event]) -> tuple[str, ...]:
    """The parts that an entry of a class of events can have beside `act`."""
    act = _act_type(event)
    return () if act is None else tuple(f for f in act.__struct_fields__ if f in PART_FIELDS)


def _act_of(event: Event) -> Act:
    act = getattr(event, "act", None)
    assert isinstance(act, Act), type(event)
    return act


@cache
def _act_type(event: type[Event]) -> type[Act] | None:
    for field in msgspec.structs.fields(event):
        if field.name == ACT_PART:
            act: type[Act] = field.type
            return act
    return None


@cache
def _has_act(event: type[Event]) -> bool:
    return _act_type(event) is not None


@cache
def _decoders_of(kind: str) -> _Decoders:
    event = EVENTS.get(kind)
    if event is None:
        raise Malformed(
            kind, "a kind of event that this version knows", "use the version that wrote it"
        )
    shape = msgspec.defstruct(
        "Read" + event.__name__,
        [("event", event)],
        bases=(Inscription,),
        kw_only=True,
        frozen=True,
    )
    act = _act_type(event)
    fields = {} if act is None else {f.name: f.type for f in msgspec.structs.fields(act)}
    return _Decoders(
        msgspec.json.Decoder(shape),
        {name: msgspec.json.Decoder(fields[name]) for name in part_names(event)},
    )


@cache
def _act_decoder(act: type[Act]) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(act)


@cache
def _dated_fields(act: type[Act]) -> tuple[str, ...]:
    """The fields of an act that take a date or an instant, whatever else."""
    fields = msgspec.structs.fields(act)
    return tuple(
        each.name for each in fields if {date, datetime} & {each.type, *get_args(each.type)}
    )
