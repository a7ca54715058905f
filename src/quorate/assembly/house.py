"""The whole house: importing this registers the rules of every subject."""

from quorate.assembly.affairs import (
    appeals,
    breaches,
    charges,
    correspondence,
    discipline,
    dispatches,
    dissent,
    publications,
    resignations,
)
from quorate.assembly.calendar import clashes, events, rescheduling
from quorate.assembly.decisions import decisions, details, duties, earlier, lapses
from quorate.assembly.divisions import circular, counts, divisions, results, secret, votes
from quorate.assembly.keeping import clock, erasures, holds, keys, minutes
from quorate.assembly.meetings import (
    admission,
    agenda,
    convening,
    credentials,
    floor,
    hosting,
    notice,
    points_of_order,
    proxies,
    quorum,
    reports,
    sitting,
)
from quorate.assembly.motions import competing, motions, rulings
from quorate.assembly.organisation import bodies, membership, standing_orders

SUBJECTS = (
    bodies,
    membership,
    standing_orders,
    convening,
    hosting,
    notice,
    sitting,
    admission,
    proxies,
    credentials,
    quorum,
    dissent,
    publications,
    breaches,
    charges,
    discipline,
    appeals,
    correspondence,
    dispatches,
    minutes,
    erasures,
    holds,
    keys,
    clock,
    agenda,
    floor,
    points_of_order,
    reports,
    motions,
    rulings,
    competing,
    divisions,
    votes,
    secret,
    counts,
    results,
    circular,
    decisions,
    earlier,
    events,
    rescheduling,
    clashes,
    duties,
    details,
    lapses,
    resignations,
)
"""Every subject of the house, in the order of the catalogue."""
