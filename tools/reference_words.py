"""What the pages of the reference say beside what they take from the source."""

from quorate.assembly.act import PART_FIELDS

WRITTEN = "*Written from the source by `make reference`.*"
TITLES = {
    "refusal": "any subject",
    "session": "the desk",
    "box": "ballot boxes",
    "paperwork": "the papers of ballots",
    "polling": "an election without an organisation",
}
"""Modules that declare refusals but are no subject of the house."""
MANY = 24
"""More acts than that which share a refusal are counted, not named."""
ACT_INTRODUCTION = f"""# Acts

{WRITTEN}

An act is what someone asks. It is answered by exactly one [event](events.md), or [refused](refusals.md); what follows from
the event by itself is said with it. How acts are written in files is on [the page on scripts](script.md).

- An id names a thing: a body, a member, a meeting. That of the thing which the act opens is made if it is not given.
- A reference is `body:ID`, `office:ID` or `person:ID`.
- {", ".join(f"`{each}`" for each in PART_FIELDS)} are kept beside the entry as parts of their own, each with its audience,
  and can be erased. No rule depends on them.
"""
EVENT_INTRODUCTION = f"""# Events

{WRITTEN}

An event is what the record keeps. One that answers an [act](acts.md) holds the act whole, in the field `act`, beside what
the rule added; any other follows by itself from an event before it.
"""
REFUSAL_INTRODUCTION = f"""# Refusals

{WRITTEN}

A refusal has a code, facts by name, and where it rests on one, the clause of the standing orders; `{{act}}` in its words is what
was asked. Nothing is recorded. The acts named are those whose rules name the code.
"""
ORDERS_INTRODUCTION = f"""# Standing orders

{WRITTEN}

The standing orders of a body are data: one rule for each subject below, each with its clause and its words, so that a
refusal can cite it. They are adopted whole by [`adopt-standing-orders`](acts.md#adopt-standing-orders); from then on the body
changes them by its own decision. Start from a preset: `quorate presets` lists them.

Every rule has two fields more than those listed: `clause`, its number such as `4.1`, and `words`, its words as the members
adopted them. *Who* is `member` (a seated member), `clerk`, `anyone`, a role such as `chair`, or `members:3` (three together).
"""
