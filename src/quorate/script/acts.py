"""Acts written by people, in files or as fields, read whole before any of them is carried out.

A file is a list of entries, or a mapping of `acts` and of what holds for each of them (`by`, `at` ...). An entry says
`do`, who acts and when, and the fields of the act: see `docs/reference/script.md`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from quorate.assembly import house
from quorate.assembly.act import ACTS, INTRODUCES, OPENS, PART_FIELDS, Act
from quorate.assembly.refusal import CODES
from quorate.assembly.state import State
from quorate.canon.fault import Malformed
from quorate.desk.answer import Caller
from quorate.desk.archives import Paper
from quorate.desk.local_time import parse_instant
from quorate.desk.port import Entropy
from quorate.script.ballots import CAST, CastBallots, read_ballots
from quorate.script.handles import Handles, near
from quorate.script.ids import mint
from quorate.script.shorthand import no_file, shorthand_of
from quorate.script.typed_text import Meaning
from quorate.script.written import STAMP, Written, read_entry
from quorate.script.yaml_text import YamlText, read_yaml_text

assert house.SUBJECTS

_expected = re.compile(r"Expected `(.*?)(?: \| null)?`, got `.*`")
_no_choice = re.compile(r"Invalid enum value ('.*')", re.DOTALL)
_missing = re.compile(r"Object missing required field `(.*)`")
_KINDS = {
    "int": "a whole number",
    "bool": "yes or no",
    "str": "text",
    "array": "a list, in [brackets]",
    "object": "fields, in {braces}",
}


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a script: an act and who acts, or ballots that are cast; and where it is written (empty: in no file)."""

    name: str
    act: Act | CastBallots
    caller: Caller
    where: str
    expect: str = ""
    """The code of the refusal that it is to meet; empty for an act that is to be carried out."""
    paper: Paper | None = None
    """The archive of ballots that comes with it."""


def with_time_confirmed(step: Step) -> Step:
    """The step, its time confirmed however far it lies after the last entry."""
    return replace(step, caller=replace(step.caller, time_confirmed=True))


def with_token(step: Step, token: str, nth: int) -> Step:
    """The step with a token of its own, made of that of its script."""
    return replace(step, caller=replace(step.caller, token=f"{token}-{nth}"))


def script_files(path: Path) -> list[tuple[str, bytes]]:
    """Name and bytes of a script: one file, or the `.yaml` files of a folder in the order of their names.

    Raises:
        Malformed: it cannot be read, or the folder has none.
    """
    files = [path]
    if path.is_dir():
        files = sorted(each for each in path.iterdir() if each.suffix in {".yaml", ".yml"})
        if not files:
            raise Malformed(str(path), "a folder with .yaml files in it")
    try:
        return [(str(each), each.read_bytes()) for each in files]
    except OSError as error:
        raise Malformed(str(error.filename), f"a readable file ({error.strerror})") from None


def read_script(
    files: Sequence[tuple[str, bytes]], state: State, entropy: Entropy, by: str = ""
) -> list[Step]:
    """The acts of some files, in order; `by` acts where an entry does not say who.

    Raises:
        Malformed: anything is wrong in any of them, with file and line; then there are no steps.
    """
    reading = _Reading(state, entropy, by)
    return [step for name, data in files for step in reading.file(read_yaml_text(name, data))]


def read_fields(
    name: str,
    fields: Mapping[str, str],
    stamp: Mapping[str, str],
    state: State,
    entropy: Entropy,
) -> Step:
    """The act that fields given one by one make; a key such as `due.on` goes into a value, and values are YAML.

    Raises:
        Malformed: as `read_script`; names the field.
    """
    values: dict[str, Any] = {}
    for key, text in fields.items():
        into = values
        *outer, last = key.split(".")
        for part in outer:
            inner = into.setdefault(part, {})
            if not isinstance(inner, dict):
                raise Malformed(key, f"a field that is not given whole too: {part}")
            into = inner
        # Nothing after `=` is an empty text, as `title:` is in a file; a field that may be unset takes it for unset.
        into[last] = read_yaml_text(key, text.encode()).value if text.strip() else ""
    return read_values(name, values, stamp, state, entropy)


def read_values(
    name: str,
    values: Mapping[str, Any],
    stamp: Mapping[str, str],
    state: State,
    entropy: Entropy,
    *,
    files: bool = True,
) -> Step:
    """The act that the values of its fields make, each as a text, a list or a mapping.

    Without `files`, an act that names a file is refused: who asks from elsewhere must not have a file of this machine opened.

    Raises:
        Malformed: as `read_script`; names the field.
    """
    entry = {"do": name, **values} if name == CAST else {"do": name, **stamp, "with": dict(values)}
    step = _Reading(state, entropy, "", files=files).entry(_Given(name, entry, {}), entry, "$", {})
    return replace(step, where="")


class _Given(YamlText):
    """Fields that are in no file: the place of an error is the field."""

    def where(self, path: str) -> str:
        field = path.removeprefix("$.").removeprefix("with.").partition(".")[0].partition("[")[0]
        return field if path.startswith("$.with.") else self.name


class _Reading:
    """A script as it is read: the handles, the calendar and the time that hold for the next entry."""

    def __init__(self, state: State, entropy: Entropy, by: str, *, files: bool = True) -> None:
        self._files = files
        house = state.organisation
        self._handles = Handles(state)
        self._entropy = entropy
        self._by = by
        self._at: datetime | None = None
        self._meaning = Meaning(
            calendar=house.calendar if house else "gregorian",
            zone=house.zone if house else "UTC",
            people=self._handles.in_text,
        )

    def file(self, text: YamlText) -> list[Step]:
        """The steps of one file."""
        usual: dict[str, Any] = {}
        entries, path = text.value, "$"
        if isinstance(entries, dict) and "acts" in entries:
            usual = {key: value for key, value in entries.items() if key != "acts"}
            _check_keys(text, usual, STAMP, "$")
            entries, path = entries["acts"], "$.acts"
        if entries is None:
            return []
        self._at = self._instant(text, usual, "$")
        usual.pop("at", None)
        token = str(usual.pop("token", ""))
        if not isinstance(entries, list):
            raise Malformed(text.where(path), "a list of acts, or a mapping with `acts`")
        steps = [self.entry(text, each, f"{path}[{i}]", usual) for i, each in enumerate(entries)]
        if token:
            steps = [with_token(step, token, nth) for nth, step in enumerate(steps, 1)]
        _check_tokens(steps)
        return steps

    def entry(self, text: YamlText, entry: Any, path: str, usual: dict[str, Any]) -> Step:
        """The step of one entry."""
        if not isinstance(entry, dict) or not isinstance(entry.get("do"), str):
            raise Malformed(text.where(path), "an entry with `do: <act>`")
        name = str(entry["do"])
        if name == CAST:
            cast = read_ballots(text, entry, path)
            expected = _expected_refusal(text, entry, path)
            return Step(name, cast, Caller(""), text.where(path), expected)
        if name not in ACTS:
            raise Malformed(text.where(f"{path}.do"), f"an act, not {name!r}", near(name, ACTS))
        self._meaning.where = text.where
        written = read_entry(text, name, entry, path)
        act = self._act(written)
        caller = self._caller(text, {**usual, **entry}, path, act)
        expected = _expected_refusal(text, entry, path)
        return Step(name, act, caller, text.where(path), expected, written.paper)

    def _act(self, written: Written) -> Act:
        kind = ACTS[written.name]
        types = {each.encode_name: each.type for each in _fields(kind)}
        shorthand = shorthand_of(kind)
        if self._files:
            shorthand.open_file(written)
        elif shorthand.open_file is not no_file:
            raise Malformed(written.name, "an act without a file", "do it with `quorate act`")
        _check_fields(written, types)
        self._name_things(written)
        values = {
            key: self._given(key, value, types[key], written.path_of(key))
            for key, value in written.fields.items()
        }
        shorthand.spell_out(written, values, self._meaning)
        act = _converted(written, kind, values)
        shorthand.learn(act, self._meaning)
        return act

    def _given(self, key: str, value: Any, kind: msgspec.inspect.Type, path: str) -> Any:
        meaning = _as_written(self._meaning) if key in PART_FIELDS else self._meaning
        return meaning.give(value, kind, path)

    def _name_things(self, written: Written) -> None:
        """Mint the id that is missing, and learn the handle of whoever is introduced."""
        name, fields = written.name, written.fields
        opened, introduced = OPENS.get(name), INTRODUCES.get(name)
        if opened and fields.get(opened, "") == "":
            fields[opened] = "" if opened == introduced else mint(opened, self._entropy)
        if fields.get("in_confidence"):
            fields.setdefault("cover", mint("meeting", self._entropy))
        if introduced is None:
            return
        person = fields.get("person")
        if isinstance(person, str):
            person = fields["person"] = {"name": person}
        handle = str(person.get("handle", "")) if isinstance(person, dict) else ""
        given = fields.get(introduced) or (f"@{handle}" if handle else "")
        try:
            fields[introduced] = self._introduced(str(given), introduced)
            if str(given).startswith("@") and isinstance(person, dict):
                handle = str(person.setdefault("handle", str(given)[1:]))
            if handle:
                self._handles.learn(handle, fields[introduced])
        except Malformed as error:
            raise Malformed(written.where(introduced), str(error), error.hint) from None

    def _introduced(self, given: str, field: str) -> str:
        if given and not given.startswith("@"):
            return given
        holder = self._handles.find(given) if given else None
        person = holder or mint(field, self._entropy)
        if given:
            self._handles.learn(given[1:], person)
        return person

    def _caller(self, text: YamlText, entry: dict[str, Any], path: str, act: Act) -> Caller:
        who = {key: self._who(text, entry, key, path) for key in ("by", "behalf", "entered_by")}
        if not who["by"]:
            who["by"] = getattr(act, "clerk", "") or (
                self._handles.resolve(self._by) if self._by else ""
            )
        if not who["by"]:
            raise Malformed(text.where(path), "`by`: who acts, by their handle")
        known_by = str(entry.get("known_by", ""))
        return Caller(
            **who,
            known_by=known_by,
            at=self._instant(text, entry, path),
            time_confirmed=bool(entry.get("confirm_time")),
            token=str(entry.get("token", "")),
        )

    def _who(self, text: YamlText, entry: dict[str, Any], key: str, path: str) -> str:
        if not entry.get(key):
            return ""
        try:
            return self._handles.resolve(str(entry[key]))
        except Malformed as error:
            place = text.where(f"{path}.{key}" if f"{path}.{key}" in text.lines else f"$.{key}")
            raise Malformed(place, f"{error} (`{key}`)", error.hint) from None

    def _instant(self, text: YamlText, entry: dict[str, Any], path: str) -> datetime | None:
        """The instant at which an entry says it was done, else that of the entry before."""
        if entry.get("at"):
            try:
                self._at = parse_instant(
                    str(entry["at"]), self._meaning.calendar, self._meaning.zone, self._at
                )
            except Malformed as error:
                raise Malformed(text.where(f"{path}.at"), str(error), error.hint) from None
        return self._at


def _check_tokens(steps: Sequence[Step]) -> None:
    """Return if each act has a token of its own, if any."""
    seen: dict[str, Step] = {}
    for step in steps:
        first = seen.setdefault(step.caller.token, step)
        if step.caller.token and first is not step:
            raise Malformed(step.where, f"a token of its own, not that of {first.where}")


def _expected_refusal(text: YamlText, entry: dict[str, Any], path: str) -> str:
    code = str(entry.get("expect") or "")
    if code and code not in CODES:
        place = text.where(f"{path}.expect")
        raise Malformed(place, f"the code of a refusal, not {code!r}", near(code, CODES))
    return code


def _fields(kind: type[Act]) -> tuple[msgspec.inspect.Field, ...]:
    described = msgspec.inspect.type_info(kind)
    assert isinstance(described, msgspec.inspect.StructType)
    return described.fields


def _hint(key: str, keys: Mapping[str, Any]) -> str:
    return near(key, keys) or f"it has {', '.join(keys)}"


def _check_fields(written: Written, types: Mapping[str, Any]) -> None:
    for key in written.fields:
        if key not in types:
            expected = f"a field of {written.name}, not {key!r}"
            raise Malformed(written.where(key), expected, _hint(key, types))


def _check_keys(
    text: YamlText, given: Mapping[str, Any], allowed: Sequence[str], path: str
) -> None:
    for key in given:
        if key not in allowed:
            raise Malformed(
                text.where(f"{path}.{key}"), f"`acts`, {', '.join(allowed)}; not {key!r}"
            )


def _as_written(meaning: Meaning) -> Meaning:
    """The same meaning, in which an `@` is only a sign: free words are kept as they are."""
    return Meaning(meaning.calendar, meaning.zone, str, meaning.where)


def _converted(written: Written, kind: type[Act], values: dict[str, Any]) -> Act:
    try:
        return msgspec.convert(values, kind, strict=False)
    except msgspec.ValidationError as error:
        what, _, where = str(error).partition(" - at `$.")
        where = where.rstrip("`")
        first = where.partition(".")[0].partition("[")[0]
        path = written.path_of(first) + where[len(first) :] if where else written.path
        expected = _choice(kind, first, what) if where == first else ""
        expected = expected or _in_words(what)
        place = written.text.where(path)
        raise Malformed(place, f"{expected}, at {where}" if where else expected) from None


def _choice(kind: type[Act], field: str, message: str) -> str:
    """Which words a field takes, and which it got, if that is what a message of msgspec is about; else empty."""
    match = _no_choice.fullmatch(message)
    types = [each.type for each in _fields(kind) if each.encode_name == field]
    words = [word for each in types for word in _words_of(each) if word]
    return f"one of {', '.join(words)}, not {match[1]}" if match and words else ""


def _words_of(kind: msgspec.inspect.Type) -> list[str]:
    if isinstance(kind, msgspec.inspect.UnionType):
        return [word for each in kind.types for word in _words_of(each)]
    if isinstance(kind, msgspec.inspect.EnumType):
        return [each.value for each in kind.cls]
    return (
        [str(each) for each in kind.values] if isinstance(kind, msgspec.inspect.LiteralType) else []
    )


def _in_words(message: str) -> str:
    """A message of msgspec in words: what it expected."""
    if match := _expected.fullmatch(message):
        return _KINDS.get(match[1], match[1])
    if match := _missing.fullmatch(message):
        return f"the field {match[1]}, which is missing"
    return message[:1].lower() + message[1:]
