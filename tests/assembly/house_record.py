"""The record of a house at work: every act is tried on the state, watched, written down, and decided again in the end."""

import re
from datetime import UTC, datetime

import msgspec

from quorate.assembly.act import Act, Event, Stamp, decide, evolve, kind_of, take_effect
from quorate.assembly.audience import audience_of, may_read, sitting_of
from quorate.assembly.due import next_ending
from quorate.assembly.heads import in_good_standing
from quorate.assembly.inscription import inscribe, read_inscription
from quorate.assembly.items import open_business
from quorate.assembly.refusal import Refused
from quorate.assembly.state import State
from quorate.audit.absences import ExportReader
from quorate.audit.bundle import Leaf
from quorate.audit.replay import Replay
from quorate.canon.moment import minute
from tests.assembly.house_watch import Watch, check_audience

START = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
encode = msgspec.msgpack.Encoder().encode
read = msgspec.msgpack.Decoder(State).decode


class HouseRecord:
    """A state with the entries that led to it, and a clock that goes as it is told."""

    def __init__(self) -> None:
        self.state = State()
        self.now = START
        self.leaves: list[Leaf] = []
        self.shown: dict[int, bytes] = {}
        """By number of entries: the state as it was then."""
        self.audiences: set[str] = set()
        self.accepted: dict[str, int] = {}
        self.refused: dict[str, int] = {}
        self._encoded = encode(self.state)

    def attempt(self, act: Act, by: str, **stamp: str) -> list[Event]:
        """Somebody tries an act; what came of it, nothing if it was refused, which leaves no trace."""
        while due := next_ending(self.state, self.now):
            assert self._attempt(due.act, Stamp(at=due.at, by=self.state.house().clerk)), due
        return self._attempt(act, Stamp(at=self.now, by=by, **stamp))

    def _attempt(self, act: Act, stamped: Stamp) -> list[Event]:
        watch = Watch(self.state, act, stamped)
        try:
            primary = decide(self.state, act, stamped)
        except Refused as refusal:
            self._note_refusal(refusal)
            return []
        assert encode(self.state) == self._encoded, "deciding has changed the state"
        events = take_effect(self.state, primary, stamped)
        self._encoded = encode(self.state)
        watch.check(events)
        self._write(events, stamped)
        name = kind_of(type(primary))
        self.accepted[name] = self.accepted.get(name, 0) + 1
        return events

    def _note_refusal(self, refusal: Refused) -> None:
        assert str(refusal)
        assert encode(self.state) == self._encoded, "a refused act has left a trace"
        self.refused[refusal.code] = self.refused.get(refusal.code, 0) + 1

    def show(self) -> None:
        """Remember the state as it is now."""
        self.shown[len(self.leaves)] = self._encoded

    def check_replayed(self) -> None:
        """Every entry is decided again, and folded again, from what was written: each state shown was the one of then."""
        replay, folded = Replay(), State()
        for seq, leaf in enumerate(self.leaves):
            if seq in self.shown:
                assert same(encode(folded), self.shown[seq]), f"the first {seq} entries"
            replay.step(leaf)
            said = read_inscription(leaf.kind, leaf.parts)
            evolve(folded, said.event, said)
        replay.finish()
        assert same(encode(folded), self._encoded)
        assert same(encode(replay.state), self._encoded)
        today = self.now.date()
        left = [item.id for item in open_business(self.state, today)]
        assert [item.id for item in open_business(replay.state, today)] == left
        self._check_readers(replay.state)
        self.check_confidence()
        for name in ("public", "members", *list(self.state.people)[::4]):
            self.check_export(ExportReader(name, today=lambda _: today))

    def check_confidence(self) -> None:
        """No entry names a meeting in confidence by its id where more than its body read it, not even before it was convened."""
        for meeting in self.state.meetings.values():
            if not meeting.in_confidence:
                continue
            named = re.compile(
                rb"(?<![a-z0-9.-])" + re.escape(meeting.id).encode() + rb"(?![a-z0-9.-])"
            )
            for seq, leaf in enumerate(self.leaves):
                assert leaf.sitting != meeting.id, (seq, leaf.kind)
                for part, audience in leaf.audiences.items():
                    if audience in ("public", "members"):
                        assert not named.search(leaf.parts[part]), (seq, leaf.kind, part, audience)

    def check_export(self, reader: ExportReader) -> None:
        """What a reader is shown holds for this reader, however much that is."""
        person = None if reader.name in ("public", "members") else reader.name
        if person and not in_good_standing(self.state, person):
            return
        today = self.now.date()
        replay = Replay()
        for leaf in self.leaves:
            shown = [
                name
                for name, audience in leaf.audiences.items()
                if may_read(self.state, person, audience, today)
                or (reader.name == "members" and audience == "members")
            ]
            replay.step(
                msgspec.structs.replace(
                    leaf,
                    parts={name: leaf.parts[name] for name in shown},
                    audiences={name: leaf.audiences[name] for name in shown},
                )
            )
        replay.finish()
        replay.absences.finish(replay.state, replay.unseen, replay.last_on, reader)

    def _check_readers(self, again: State) -> None:
        today = self.now.date()
        for person in (None, "p-nobody", *self.state.people):
            for audience in self.audiences:
                seen = may_read(self.state, person, audience, today)
                assert may_read(again, person, audience, today) is seen, (person, audience)

    def _write(self, events: list[Event], stamp: Stamp) -> None:
        for event in events:
            parts = inscribe(event, stamp)
            audiences = {part: audience_of(self.state, event, part) for part in parts}
            for part, audience in audiences.items():
                check_audience(self.state, event, part, audience, stamp.on)
                self.audiences.add(audience)
            sitting = sitting_of(self.state, event)
            kind, at = kind_of(type(event)), minute(stamp.at)
            self.leaves.append(Leaf(kind, at, sitting, tuple(parts), dict(parts), audiences))


def same(one: bytes, other: bytes) -> bool:
    """Whether two encoded states are the same; a value equal to its default may have been left out of one of them."""
    return one == other or read(one) == read(other)
