"""`quorate ballot status`: how far an election is, what comes next, and for whom it waits."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from shlex import quote

import click
import msgspec

from quorate.ballots.chain import Stage
from quorate.ballots.decryption import missing_trustees
from quorate.ballots.digest import base64, sha
from quorate.ballots.weakness import Weakness, weaknesses_of
from quorate.canon.fault import Malformed
from quorate.cli.ballot.options import of_election
from quorate.cli.options import common
from quorate.cli.output import facts, print_json, say, say_raw, table, warn
from quorate.polling.box import PollBox, find_archive, read_box
from quorate.polling.files import read_file
from quorate.polling.folder import CERTIFICATE, DRAFT, KEY, POLYNOMIAL, ElectionFolder, open_folder
from quorate.reading.words.elections import STAGES, WEAKNESSES


class TrusteeLine(msgspec.Struct):
    """A trustee, and how far they are."""

    number: int
    name: str
    done: str
    """What they have done last; empty for nothing."""
    fingerprint: str
    """The first digits of the hash of their public key, to be compared by voice; empty before they have one."""


class NextStep(msgspec.Struct):
    """A step that can be done next."""

    what: str
    """What it is for, and who does it."""
    command: str


class ElectionWarning(msgspec.Struct):
    """What no check refuses, though it promises less than it might."""

    code: str
    """`old-threshold`, `unshuffled` or `few-shuffles`."""
    text: str


class ElectionView(msgspec.Struct):
    """An election: how far it is, and what comes next."""

    uuid: str
    name: str
    group: str
    state: str
    """`draft`, `open`, `closed`, `shuffling`, `decrypting` or `published`."""
    fingerprint: str
    """Of the election, to which every ballot is bound; empty before it is open."""
    tally_head: str
    """What trustees compare before they decrypt: the same for all who open the same tally; empty before."""
    minimum: int
    """Counted ballots below which the tally is not to be opened."""
    below_minimum: bool
    """Fewer count, and a trustee has opened it all the same."""
    archive: str
    """Where the archive is; empty before there is one."""
    questions: int
    credentials: int | None
    """How many may vote; null before the list is there."""
    credentials_hash: str
    """Of the public list, as `quorate ballot verify --credentials` takes it; empty before it is there."""
    ballots: int
    """In the box, those included that were replaced."""
    voters: int
    """Credentials with which a ballot was cast."""
    trustees: list[TrusteeLine]
    needed: int
    """How many trustees are enough."""
    waiting_for: list[str]
    """The trustees for whom it waits."""
    next: list[NextStep]
    warnings: list[ElectionWarning]
    """What no check refuses, though it promises less than it might, as far as the election is; nothing is verified by it."""


@click.command()
@of_election
@common
def status(*, folder: Path, as_json: bool) -> None:
    """Say how far an election is, what comes next, and for whom it waits."""
    show_view(view_of(folder), as_json=as_json)


def show_view(view: ElectionView, *, as_json: bool) -> None:
    """Print how far an election is."""
    if as_json:
        print_json({"election": view})
        return
    say(view.name)
    turnout = f"{view.voters} of {view.credentials} have voted" if view.archive else ""
    superseded = view.ballots - view.voters
    ballots = f"{view.ballots}, of which {superseded} are superseded" if view.archive else ""
    facts(
        [
            ("election", view.uuid),
            ("fingerprint", view.fingerprint),
            ("state", said_state(view.state)),
            ("tally head", view.tally_head),
            ("credentials", view.credentials),
            ("their hash", view.credentials_hash),
            ("voters", turnout),
            ("ballots", ballots),
            ("minimum", f"{view.minimum} ballots that count"),
            ("group", view.group),
        ]
    )
    say()
    table(
        f"Trustees ({view.needed} of {len(view.trustees)} are needed)",
        ("", "trustee", "has", "key"),
        [(each.number, each.name, each.done, each.fingerprint) for each in view.trustees],
    )
    show_next(view)
    if view.below_minimum:
        warn_of_few(view.voters, view.minimum)
    warn_of(view.warnings)


def warnings_of(weaknesses: Iterable[Weakness]) -> list[ElectionWarning]:
    """Weaknesses of an election with their words."""
    return [ElectionWarning(each.value, WEAKNESSES[each]) for each in weaknesses]


def warn_of(warnings: Iterable[ElectionWarning]) -> None:
    """Warn of what an election promises less than it might."""
    for each in warnings:
        warn(each.text)


def warn_of_few(counted: int, minimum: int) -> None:
    """Warn that fewer ballots count than the election's minimum, and were opened."""
    warn(f"Opened though ballots that count are {counted}, and not {minimum} or more:")
    warn("the result can tell what single voters chose.")


def show_next(view: ElectionView) -> None:
    """Print what comes next."""
    say()
    if view.waiting_for:
        say(f"Waiting for {', '.join(view.waiting_for)}.")
    for each in view.next:
        say(f"{each.what}:")
        say_raw(f"  {each.command}")


def report(
    folder: Path, message: str, *, as_json: bool, copied: str = "", warned: bool = False
) -> None:
    """Print what was done, a line to be copied, and what comes next; or, as JSON, how far the election is now.

    The weaknesses that the election has by now are told too, unless the caller has `warned` of them before.
    """
    view = view_of(folder)
    if as_json:
        print_json({"election": view})
        return
    say(message)
    if copied:
        say_raw(copied)
    show_next(view)
    if not warned:
        warn_of(view.warnings)


def view_of(folder: Path) -> ElectionView:
    """The view of the election in a folder. Raises like `open_folder` and `read_box`."""
    if (folder / DRAFT).exists() and not open_folder(folder).archive.exists():
        return _view_of_draft(open_folder(folder))
    return view_of_box(read_box(find_archive(folder)), folder)


def view_of_box(box: PollBox, folder: Path) -> ElectionView:
    """The view of an election that has an archive."""
    survey, trustees, election = box.survey, box.trustees, box.election
    missing = missing_trustees(trustees, [each.owner for each in survey.decryptions])
    shuffled = {each.owner for each in survey.shuffles}
    decrypted = {each.owner for each in survey.decryptions}
    names = [box.trustee(i) for i in range(1, len(trustees.keys) + 1)]
    waiting: list[str] = []
    if box.stage is Stage.SHUFFLING:
        waiting = [name for i, name in enumerate(names, 1) if i not in shuffled]
    if box.stage is Stage.DECRYPTING:
        waiting = [names[i - 1] for silent in missing for i in silent]
    lines = [
        TrusteeLine(
            number=i,
            name=name,
            done="decrypted" if i in decrypted else "shuffled" if i in shuffled else "",
            fingerprint=key_fingerprint(text),
        )
        for i, (name, text) in enumerate(zip(trustees.names, trustees.key_texts, strict=True), 1)
    ]
    return ElectionView(
        uuid=election.uuid,
        name=election.name,
        group=election.group.name,
        state=box.stage.name.lower(),
        fingerprint=election.fingerprint,
        tally_head=survey.chain.tally_head,
        minimum=box.minimum,
        below_minimum=below_minimum(box),
        archive=str(box.path),
        questions=len(election.questions),
        credentials=box.issued,
        credentials_hash=base64(box.setup.credentials),
        ballots=survey.chain.ballots,
        voters=box.counted,
        trustees=lines,
        needed=sum(part.threshold for part in trustees.parts),
        waiting_for=waiting,
        next=_next_of_box(box, folder, missing),
        warnings=warnings_of(weaknesses_of(election, trustees, survey)),
    )


def said_state(state: str) -> str:
    """The words for a state of an election."""
    return "draft: nothing is fixed yet" if state == "draft" else STAGES[Stage[state.upper()]]


def key_fingerprint(key: str) -> str:
    """The first 96 bits of the hash of a public key, in fours, to be compared by voice."""
    return in_fours(sha(key).hex()[:24])


def in_fours(digits: str) -> str:
    """Digits in groups of four."""
    return " ".join(digits[i : i + 4] for i in range(0, len(digits), 4))


def below_minimum(box: PollBox) -> bool:
    """Whether a tally was opened, in part at least, though fewer ballots count than the election's minimum."""
    return box.is_below_minimum and bool(box.survey.decryptions)


def _who(names: Sequence[str], wanted: int) -> str:
    """The words for so many of those who are named."""
    if len(names) == 1:
        return names[0]
    return f"{'Each' if wanted == len(names) else wanted} of {', '.join(names)}"


def _called(names: Sequence[str]) -> str:
    """What stands for a trustee in a command that each of those who are named gives."""
    return quote(names[0]) if len(names) == 1 else "TRUSTEE"


def _next_of_box(
    box: PollBox, folder: Path, missing: Mapping[tuple[int, ...], int]
) -> list[NextStep]:
    at = f" --dir {quote(str(folder))}"
    if box.stage is Stage.OPEN:
        return [
            NextStep("Each voter", f"quorate ballot vote{at}"),
            NextStep("When the time is over", f"quorate ballot tally --close{at}"),
        ]
    if box.stage is Stage.CLOSED:
        return [NextStep("Next", f"quorate ballot tally{at}")]
    if box.stage is Stage.SHUFFLING:
        return _next_of_shuffles(box, at)
    if box.stage is Stage.DECRYPTING:
        if not missing:
            return [NextStep("Next", f"quorate ballot result{at}")]
        what = f"{_who_decrypts(box, missing)}, with their key file"
        return [NextStep(what, f"quorate ballot decrypt --key FILE{at}")]
    return [NextStep("Whoever has the archive", f"quorate ballot verify {quote(str(box.path))}")]


def _who_decrypts(box: PollBox, missing: Mapping[tuple[int, ...], int]) -> str:
    """The words for those whose partial decryptions are wanted: all of some, and so many of each other group."""
    every = [each for group, wanted in missing.items() if wanted == len(group) for each in group]
    groups = {group: wanted for group, wanted in missing.items() if wanted < len(group)}
    asked = {tuple(every): len(every), **groups} if every else groups
    return ", and ".join(_who([*map(box.trustee, group)], n) for group, n in asked.items())


def _next_of_shuffles(box: PollBox, at: str) -> list[NextStep]:
    done = {each.owner for each in box.survey.shuffles}
    numbers = [i for i in range(1, len(box.trustees.keys) + 1) if i not in done]
    steps, names = [], [*map(box.trustee, numbers)]
    if numbers:
        # One without a name is called by number.
        called = _called([box.trustees.names[i - 1] or str(i) for i in numbers])
        what = f"{_who(names, len(names))}{' in turn' if len(names) > 1 else ''}"
        steps.append(NextStep(what, f"quorate ballot shuffle {called}{at}"))
    if done:
        what = f"To go on without {', '.join(names)}" if numbers else "Next"
        steps.append(NextStep(what, f"quorate ballot shuffle --end{at}"))
    return steps


def _view_of_draft(folder: ElectionFolder) -> ElectionView:
    draft, credentials, credentials_hash = folder.draft, None, ""
    if folder.credentials.exists():
        credentials = len(_list(folder.credentials))
        credentials_hash = base64(read_file(folder.credentials))
    return ElectionView(
        uuid=draft.uuid,
        name=draft.name,
        group=draft.group,
        state="draft",
        fingerprint="",
        tally_head="",
        minimum=draft.minimum,
        below_minimum=False,
        archive="",
        questions=len(draft.questions),
        credentials=credentials,
        credentials_hash=credentials_hash,
        ballots=0,
        voters=0,
        trustees=[_line(folder, i, name) for i, name in enumerate(draft.trustees, 1)],
        needed=draft.threshold or len(draft.trustees),
        waiting_for=folder.lacking(folder.stage()),
        next=_next_of_draft(folder),
        warnings=[],
    )


def _line(folder: ElectionFolder, number: int, name: str) -> TrusteeLine:
    done = [
        what for what in (CERTIFICATE, POLYNOMIAL, KEY) if folder.published(number, what).exists()
    ]
    fingerprint = ""
    if KEY in done:
        try:
            fingerprint = key_fingerprint(folder.public_key(number))
        except Malformed:
            fingerprint = "unreadable"
    return TrusteeLine(number, name, done[-1] if done else "", fingerprint)


def _next_of_draft(folder: ElectionFolder) -> list[NextStep]:
    at = f" --dir {quote(str(folder.path))}"
    steps = []
    if waiting := folder.lacking(folder.stage()):
        who = _who(waiting, len(waiting))
        what = f"{who}, with a key file of their own; --passphrase too if it is under one"
        command = f"quorate ballot trustee {_called(waiting)} --key FILE{at}"
        steps.append(NextStep(what, command))
    if not folder.credentials.exists():
        command = f"quorate ballot credentials VOTERS.csv --out LETTERS.csv{at}"
        steps.append(NextStep("The registrar", command))
    return steps or [NextStep("Next", f"quorate ballot open{at}")]


def _list(path: Path) -> list[str]:
    try:
        return msgspec.json.decode(read_file(path), type=list[str])
    except msgspec.DecodeError as error:
        raise Malformed(str(path), f"a list of credentials: {error}") from None
