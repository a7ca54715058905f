"""Refusals about the calendar, in words; facts stand in braces."""

WORDS = {
    # events
    "would-break": "moving or cancelling {event} has to be confirmed: {troubles}",
    "event-cancelled": "{event} is cancelled",
    "event-is-a-meeting": "{event} is a meeting: move or call off the meeting",
    "day-twice": "{event} has either a day of its own or an anchor",
    "due-by-motion": "the day of {item} was set by its body; only its body sets another",
    "needs-body": "an event of our own belongs to one of our bodies, or the clerk announces it",
}
