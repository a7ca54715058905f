"""What a form says beside its fields: how a value is written, with an example, and which fields come first."""

from quorate.reading.act_fields import fields_of
from quorate.reading.reader import Reader

EXAMPLES = {
    "agenda": '- {id: opening, title: "Opening", minutes: 5}\n- {id: fund, title: "Hardship fund", minutes: 30}',
    "clauses": "- {n: 1, modality: must, action: set-up/fund, due: {on: 2027-03-01}}\n- {n: 2, modality: may, amount: 50000}",
    "drops": "[2, 3]",
    "orders": "preset: housing-co-operative\nchanges:\n  notice: {days: 14}\n  quorum: {number: 10}",
    "value": '{clause: "1.2", words: "Fourteen days\' notice is given.", days: 14}',
    "votes": '{"@ada": for, "@bea": against}',
    "count": "{votes_for: 63, votes_against: 22, abstentions: 9, not_voted: 4}",
    "figures": "{votes_for: 63, votes_against: 22, abstentions: 9, not_voted: 4}",
    "rule": "{rule: majority, base: for-and-against, numerator: 2, denominator: 3, comparator: at-least}",
    "box": "{counted: 94, superseded: 2, contents: …}",
    "setup": "{uuid: …, fingerprint: …, trustees: …, credentials: …, issued: 98, weight: 98}",
    "counts": "{denounce: 15, present: 18}",
}
"""By field that is written as YAML: an example."""

FIRST: dict[str, tuple[str, ...]] = {
    "move-motion": ("meeting", "kind", "title", "text", "target"),
    "convene-meeting": ("body", "title", "starts_at", "venue", "agenda"),
    "admit-member": ("person", "contact"),
    "amend-notice": ("meeting", "title", "notice"),
    "admit-to-meeting": ("meeting", "attendee", "capacity", "seat"),
    "request-floor": ("meeting", "side", "motion"),
    "raise-point-of-order": ("meeting", "text"),
    "correct-minutes": ("minutes", "text"),
    "give-proxy": ("giver", "holder", "body", "meeting"),
    "rule-on-point": ("meeting", "point", "well_taken", "reason"),
    "place-item": ("meeting", "title", "minutes", "before"),
}
"""By act: the fields that are laid out at once, in this order, for an act that has rare ones too."""

TITLES = {
    "move-motion": "Move a motion",
    "second-motion": "Second a motion",
    "cast-vote": "Cast a vote",
    "recess": "Recess",
    "give-proxy": "Give a proxy",
    "revoke-proxy": "Revoke a proxy",
    "place-item": "Put an item on the agenda",
    "reorder-item": "Move an item of the agenda",
    "appeal-ruling": "Appeal from a ruling",
    "declare-secret-result": "Declare the result of a secret ballot",
}
"""By act: its title on a page, where the words for it do not make one."""

ROOMS = {
    "organisation": "The organisation",
    "meetings": "Meetings",
    "motions": "Motions",
    "divisions": "Votes",
    "decisions": "Decisions",
    "affairs": "Affairs",
    "calendar": "Calendar",
    "keeping": "Keeping the record",
}
"""By room of the assembly: what its acts are headed by in the list of all."""


def help_of(act: str, field: str, kind: str, reader: Reader) -> str:
    """What is said of a field of an act: what it is, and how it is written. Empty where nothing needs saying."""
    about = next((each.about for each in fields_of(act) if each.name == field), "")
    return " ".join(each for each in (_for_web(about), _written(kind, reader)) if each)


def _for_web(about: str) -> str:
    return about.replace("`", "").replace("{p-id}", "{p-…}")


def _written(kind: str, reader: Reader) -> str:
    match kind:
        case "day":
            calendar = (
                "" if reader.calendar == "gregorian" else f" in the {reader.calendar} calendar"
            )
            return f"Year, month and day{calendar}, such as {reader.day(reader.on)}."
        case "instant":
            return f"Day and hour on the clocks of {reader.zone}, such as {reader.day(reader.on)} 19:30."
        case "list":
            return "One on each line."
        case "written":
            return "Written as YAML, for example:"
        case _:
            return ""
