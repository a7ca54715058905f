"""What leads to what in a house: the acts that answer an open item, and whole threads from an opening to its end."""

ANSWERS: dict[str, tuple[str, ...]] = {
    "appeal": ("decide-measure-appeal", "decide-appeal", "withdraw-appeal"),
    "breach": ("answer-breach", "bring-charge"),
    "challenge": ("rule-on-credentials",),
    "charge": (
        "notify-accused",
        "hear-accused",
        "recuse-from",
        "withdraw-charge",
        "move-discipline",
    ),
    "clash": ("answer-clash",),
    "confirmation": ("confirm-after-move",),
    "convocation": ("accept-hosting", "end-hosting", "convene-meeting"),
    "demand": ("put-demand-as-motion", "answer-communication"),
    "detail": ("fix-detail", "fix-detail", "extend", "anchor-to"),
    "difference": ("explain-difference",),
    "dispatch": (
        "confirm-delivery",
        "acknowledge",
        "report-undelivered",
        "resend-dispatch",
        "abandon-dispatch",
        "anchor-to",
    ),
    "dissent": ("join-dissent", "withdraw-dissent", "request-publication", "record-publication"),
    "duty": ("accept-charge", "report-progress", "discharge", "extend", "anchor-to"),
    "hold": ("lift-hold", "erase-part"),
    "minutes": ("draft-minutes", "correct-minutes", "approve-minutes", "sign-minutes"),
    "motion": (
        "second-motion",
        "open-division",
        "take-up-motion",
        "withdraw-motion",
        "accept-amendment",
        "open-circular-vote",
        "rule-out-of-order",
        "rule-in-order",
        "remove-from-consent",
        "request-floor",
        "group-motions",
        "give-proxy",
    ),
    "report": ("give-report", "withdraw-call"),
    "request": ("grant-publication", "refuse-publication", "record-publication"),
    "resignation": (
        "object-to-resignation",
        "withdraw-resignation",
        "accept-resignation",
        "decline-resignation",
    ),
    "short-notice": ("waive-notice", "move-meeting"),
    "suspension": ("reinstate-member", "record-departure"),
}
"""By the kind of an open item: the acts that have to do with it."""

SITTING = (
    "move-motion", "move-motion", "second-motion", "open-division", "take-by-consent", "adjourn", "open-item",
    "close-item", "place-item", "request-floor", "grant-floor", "raise-point-of-order", "rule-on-point",
    "give-report", "take-note", "give-proxy", "record-leaving", "admit-to-meeting", "challenge-credentials",
    "take-chair", "recess", "resume", "tender-resignation", "record-departure", "group-motions", "suspend-member",
    "unseat-member", "take-up-motion",
)  # fmt: skip
"""What may happen at a meeting that sits."""

THREADS = """
bring-charge notify-accused recuse-from wait wait hear-accused gather move:discipline move-discipline put appeal-measure move:main put decide-measure-appeal
carry record-dissent join-dissent request-publication grant-publication record-publication link-to-decision annotate-publication answer-breach withdraw-dissent
receive-communication gather move:main put-demand-as-motion put answer-communication
announce-event announce-event move-event announce-event move-event announce-event move-event
announce-event announce-event charge-with anchor-to carry move-event confirm-after-move move-event cancel-event confirm-after-move
announce-event convene-meeting announce-event move-meeting move-venue answer-clash call-off-meeting
gather raise-point-of-order rule-on-point appeal-ruling decide-appeal
gather request-floor grant-floor record-speech wait call-time yield-floor
gather give-proxy carry revoke-proxy carry
charge-host accept-hosting convene-meeting admit-to-meeting call-to-order end-hosting
adjourn draft-minutes correct-minutes gather approve-minutes sign-minutes sign-minutes
tender-resignation object-to-resignation gather move:accept-resignation put
tender-resignation gather accept-resignation decline-resignation withdraw-resignation
gather move:amend-orders put amend-standing-order adopt-standing-orders gather carry
carry gather move:rescind put carry
carry move:reconsider put carry
gather move:main move:amend put move:amend accept-amendment put
gather move:main move:refer put wait gather take-up-motion put
gather move:main move:table put move:take-from-table put
gather move:main move:postpone put wait take-up-motion
gather move-motion move-motion group-motions put put
gather move:main vote:secret close-division declare-secret-result draw-lot declare-result
gather move:main vote:secret prepare-ballot close-division declare-secret-result explain-difference
circular cast-vote cast-vote demand-meeting wait close-division declare-result take-up-motion
gather place-item open-item move:main reorder-item close-item adjourn
send-dispatch confirm-delivery acknowledge report-undelivered resend-dispatch abandon-dispatch
carry accept-charge report-progress extend fix-detail discharge
call-for-report gather give-report take-note withdraw-call
suspend-member gather carry reinstate-member seat-member record-departure admit-member seat-member
place-hold erase-part lift-hold erase-part rotate-key
gather admit-to-meeting lift-alias challenge-credentials rule-on-credentials record-leaving
""".strip().splitlines()
"""From an opening to its end, a line each. `wait`, `gather`, `carry`, `circular`, `put`, `vote:...` and `move:...` are several acts."""


def focus_of(kind: str, subject: str) -> dict[str, str]:
    """By the name of a field: the id that an act about an open item would give there."""
    fields = SUBJECTS.get(kind, (kind, "amendment", "target"))
    if len(fields) == 2 and kind in IN_TWO:
        first, _, last = subject.partition("/")
        return dict(zip(fields, (first, last), strict=True))
    if kind == "demand":
        subject = subject.rpartition(".")[0]
    return dict.fromkeys(fields, subject) | {"item": f"{kind}:{subject}"}


SUBJECTS: dict[str, tuple[str, ...]] = {
    "appeal": ("charge",),
    "breach": ("publication", "decision"),
    "challenge": ("meeting", "attendee"),
    "confirmation": ("what",),
    "convocation": ("meeting",),
    "demand": ("communication",),
    "detail": ("detail", "duty"),
    "difference": ("division",),
    "duty": ("duty", "detail"),
    "minutes": ("meeting",),
    "report": ("body", "source"),
    "short-notice": ("meeting",),
    "suspension": ("member",),
}
"""By the kind of an open item: the fields of acts that name its subject; else the kind itself is one."""
IN_TWO = ("breach", "challenge", "report")
"""The kinds whose subject is two ids with a stroke between them."""
