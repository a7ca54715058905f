"""The reference of the JSON shapes, written from the values themselves."""

import inspect
import re
import types
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

import msgspec

from quorate.cli.ballot.result import QuestionResult
from quorate.cli.ballot.stats import StatsView, WeightLine
from quorate.cli.ballot.status import ElectionView, ElectionWarning, NextStep, TrusteeLine
from quorate.cli.ballot.verify import VerifiedElection
from quorate.cli.ballot.vote import FoundBallot
from quorate.cli.failures import Problem
from quorate.reading import page
from quorate.reading.view import business, calendar, clauses, divisions, meetings, motions, people

SHAPES: tuple[tuple[str, type[msgspec.Struct]], ...] = (
    ("parts of long lists", page.Page),
    ("`quorate show division`: `divisions`", divisions.DivisionLine),
    ("`division`", divisions.DivisionView),
    ("", divisions.Figures),
    ("", divisions.BallotView),
    ("", divisions.VoteView),
    (
        "`quorate open`: `as_of`, `open_business`; `quorate show item`: `items`, `item`",
        business.ItemView,
    ),
    ("`quorate show dispositions`: `dispositions`", business.DispositionView),
    ("`quorate show motion`: `motions`", motions.MotionLine),
    ("`motion`", motions.MotionView),
    ("", clauses.ClauseView),
    ("`quorate show decision`: `decisions`", motions.DecisionLine),
    ("`decision`", motions.DecisionView),
    ("`quorate show meeting`: `meetings`", meetings.MeetingLine),
    ("`meeting`", meetings.MeetingView),
    ("", meetings.PresenceView),
    ("", meetings.HeadingView),
    ("", meetings.ReportView),
    ("`quorate show body`: `bodies`", people.BodyLine),
    ("`body`", people.BodyView),
    ("", people.SeatView),
    ("", people.OfficeView),
    ("", people.OrderView),
    ("`quorate show member`: `members`", people.MemberLine),
    ("`member`", people.MemberView),
    ("`quorate show calendar`: `calendar`", calendar.EventView),
    ("`quorate show moves`: `moved`", calendar.MovedView),
    ("`quorate show clashes`: `clashes`", calendar.ClashView),
    (
        "`quorate ballot setup`, `credentials`, `trustee`, `open`, `tally`, `shuffle`, `decrypt`, `status`: `election`",
        ElectionView,
    ),
    ("", TrusteeLine),
    ("", NextStep),
    ("", ElectionWarning),
    ("`quorate ballot vote`, `check`: `ballots`", FoundBallot),
    (
        "`quorate ballot result`: `result`, beside `archive`, its path, and `below_minimum` and `warnings`, as in `status`",
        QuestionResult,
    ),
    ("`quorate ballot verify`: `verified`", VerifiedElection),
    ("`quorate ballot stats`: `stats`", StatsView),
    ("", WeightLine),
    ("errors: `error`", Problem),
)
INTRODUCTION = """# JSON

Every command takes `--json` and then prints one object on standard output, also when it fails. Its shape is stable: keys
may be added, but none is renamed or changes its meaning within a major version. This page is written from the values
themselves (`tests/cli/test_reference.py` holds it to them).

- A plain key holds words for people: a name, a title, a day as YYYY-MM-DD or a time as YYYY-MM-DD HH:MM in the
  organisation's calendar and on its clocks. Somebody whose name was erased is `[erased p-…]`.
- `…_id` beside it holds the id, for programs.
- `…_iso` holds the ISO 8601 date where the organisation's calendar is the Julian one; else it is absent.
- What is not known or does not apply is `null`, `[]` or `""`, never absent, except keys marked *if any*.
- Of a long list `--first` and `--count` give a part, and without them JSON has all of it. Beside a list of things stand `first`, the
  place of the first of them, counted from 0, and `total`, how many there are in all; a list within a thing is a *page*, with both.
- Figures of a division are heads; where seats do not all weigh the same, `weight` has them in votes.

Exit codes: 0 ok, 1 unverified, 2 usage or malformed, 3 refused (also because others were first), 75 the record cannot be
kept or read as things are, 70 a fault of the program, 130 interrupted. After 75 do what `hint` says: a record that was cut, a
signer without memory or a full disk stays so until somebody sees to it. Only where others hold the record is trying again
enough, and then the hint says that.

## Other commands

| command | object |
|---|---|
| `init` | `organisation`: `dir`, `origin`, `vkey`, `entries` |
| `act` | `acts` (each: `act`, `by`, `where`, `opened` if it opens something, and once recorded `first_entry`, `events`, and `again` if it was done before, under its token), `recorded`, `entries`, `warnings` (of the archives of ballots; each: `division`, `code`, `text`) |
| `import` | `rows` (each: `line`, its cells, `errors`), `acts`, `applied` |
| `export` | `export`: `folder`, `for`, `entries` |
| `restore` | `restored`: `folder`, `entries` that were restored, `size` of the record then, `signed`: the entries that the signer remembers, or `null`; exit code 75 if those are more |
| `verify` | `verified`: `headline`, `for`, `origin`, `entries`, `root`, `key_from_export`, `acts_missing`, `undecided`, `undecided_from`, `parts_missing`, `parts_erased`, `parts_kept`, `parts_untold`, `erasures_undone`, `audiences_unchecked`, `offsets_unknown`, `divisions`, `divisions_unchecked`, `archives`, `warnings` (each: `division`, `code`, `text`), `earlier_checkpoints`, `receipts`, `checks` |
| `memory` | `memory`: `file`, `entries`, `root`; with `--new`: `checkpoints` |
| `receipt` | `receipt`: `seq`, `size`, `files`; with `--check`: `seq`, `origin`, `holds` |
| `erase` | `erased`: `seq`, `parts`, `ground`, `entry` |
| `acts` | `acts` (each: `act`, `about`); of one `act`: `act`, `about`, `fields` (each: `name`, `needed`, `type`, `about`, `part`) |
| `presets` | `presets`; of one `preset`: the standing orders whole |
| `demo` | `divisions`, `open_business`, `moved`, `clashes`, `dispositions` as below; `verified`: `origin`, `entries`, `root`, `undecided`; `organisation`, `calendar`, `dir`, `recorded_not_analysed`, `refused` |
| `bench` | `votes`, `fold`: lists of measurements |
| `completion` | `completion`: `shell`, `script` |
| `serve` | `floor`: `address`, `founding`, `link` (null if nobody needs one) |
| `invite` | `links`: of each `handle`, `name`, `link` |
"""


def reference() -> str:
    """The page."""
    return "\n".join([INTRODUCTION, *(_section(title, shape) for title, shape in SHAPES)])


def _section(title: str, shape: type[msgspec.Struct]) -> str:
    name = re.sub(r"View$", "", shape.__name__)
    words = re.sub(r"(?<!^)(?=[A-Z])", " ", name).lower()
    head = f"## {title}" if title else f"### {words}"
    hints = get_type_hints(shape)
    about = _documented(shape)
    rows = [
        f"| `{each.encode_name}` | {_type(hints[each.name])} | {about.get(each.name, '')} |"
        for each in msgspec.structs.fields(shape)
    ]
    doc = " ".join((shape.__doc__ or "").split())
    return "\n".join([head, "", doc, "", "| key | type | meaning |", "|---|---|---|", *rows, ""])


def _documented(shape: type) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in reversed(shape.__mro__):
        if each.__module__.startswith("quorate"):
            source = inspect.getsource(each)
            for line in re.finditer(
                r'^    (\w+): [^\n]*\n    """(.*?)"""', source, re.MULTILINE | re.DOTALL
            ):
                found[line[1]] = " ".join(line[2].split())
    return found


def _type(hint: Any) -> str:
    if isinstance(hint, types.UnionType):
        kinds = [each for each in get_args(hint) if each is not msgspec.UnsetType]
        said = " or ".join(_type(each) for each in kinds)
        return said if len(kinds) == len(get_args(hint)) else f"{said}; *if any*"
    many = {list: "list", page.Page: "page"}.get(get_origin(hint))
    if many:
        return f"{many} of {_type(get_args(hint)[0])}"
    plain = {str: "text", int: "number", float: "number", bool: "true or false", type(None): "null"}
    if hint in plain or get_origin(hint) is dict:
        return plain.get(hint, "object")
    if isinstance(hint, TypeVar):
        return "things"
    return re.sub(r"(?<!^)(?=[A-Z])", " ", re.sub(r"View$", "", hint.__name__)).lower()
