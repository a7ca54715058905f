"""The question of a breach: a publication that touches a confidential decision, and what the body says to it.

Linking the two raises the question by itself. It is answered by the body, or by a charge brought on the publication;
no charge follows from it by itself.
"""

from collections.abc import Iterator
from typing import Literal

from quorate.assembly.act import Act, Event, Stamp, decides, evolves, follows
from quorate.assembly.items import dispose, is_open, open_item
from quorate.assembly.model.affairs import Publication
from quorate.assembly.refusal import Refused, refusals
from quorate.assembly.roll import KEEPERS, orders_of, require
from quorate.assembly.state import State, found

refusals(
    already_linked="publication decision",
    no_breach_question="publication decision",
    answered_already="how",
    charge_unnamed="",
    of_another_body="what id owner body",
)


class LinkToDecision(Act, frozen=True):
    """Say that a publication touches a decision."""

    publication: str
    decision: str


class PublicationLinked(Event, frozen=True):
    """A publication touches a decision."""

    act: LinkToDecision


@decides(LinkToDecision)
def link_to_decision(state: State, act: LinkToDecision, stamp: Stamp) -> PublicationLinked:
    """Those who sit in the body that decided, and those who keep its books, may link."""
    publication = found(state.publications, "publication", act.publication)
    decision = state.decision(act.decision)
    require(state, stamp, ("member", *KEEPERS), state.body(decision.body))
    if decision.id in publication.decisions:
        raise Refused("already-linked", publication=publication.id, decision=decision.id)
    return PublicationLinked(act=act)


@evolves(PublicationLinked)
def publication_linked(state: State, event: PublicationLinked, stamp: Stamp) -> None:
    """The publication names the decision."""
    publication = state.publications[event.act.publication]
    publication.decisions = (*publication.decisions, event.act.decision)


@follows(PublicationLinked)
def breach_question(state: State, event: PublicationLinked, stamp: Stamp) -> Iterator[Event]:
    """The question is raised when the decision is confidential and was taken by the day of the publication."""
    decision = state.decisions[event.act.decision]
    publication = state.publications[event.act.publication]
    if decision.confidential and publication.on.on >= decision.on:
        yield BreachQuestionRaised(
            publication=publication.id, decision=decision.id, body=decision.body
        )


class BreachQuestionRaised(Event, frozen=True):
    """A confidential decision was touched: was its confidence broken?"""

    publication: str
    decision: str
    body: str


@evolves(BreachQuestionRaised)
def breach_question_raised(state: State, event: BreachQuestionRaised, stamp: Stamp) -> None:
    """The question is before the body that took the decision."""
    state.publications[event.publication].breaches[event.decision] = ""
    open_item(
        state,
        stamp,
        "breach",
        breach_subject(event.publication, event.decision),
        body=event.body,
        owner=f"body:{event.body}",
        next_step="answer-breach",
    )


class AnswerBreach(Act, frozen=True):
    """Answer, for the body, the question whether its confidence was broken."""

    publication: str
    decision: str
    how: Literal["no-breach", "authorised", "breach-noted", "charge-brought"]
    charge: str = ""
    """For `charge-brought`: the charge."""
    rests_on: str = ""
    """The decision of the body by which it is answered, if there is one."""
    text: str | None = None


class BreachAnswered(Event, frozen=True):
    """The question is answered."""

    act: AnswerBreach


@decides(AnswerBreach)
def answer_breach(state: State, act: AnswerBreach, stamp: Stamp) -> BreachAnswered:
    """The chair, secretary or clerk answers for the body, naming the decision it rests on if there is one."""
    publication = found(state.publications, "publication", act.publication)
    decision = state.decision(act.decision)
    body = state.body(decision.body)
    require(state, stamp, KEEPERS, body, orders_of(body).confidentiality)
    how = publication.breaches.get(decision.id)
    if how is None:
        raise Refused("no-breach-question", publication=publication.id, decision=decision.id)
    if how:
        raise Refused("answered-already", how=how)
    if (act.how == "charge-brought") != bool(act.charge):
        raise Refused("charge-unnamed")
    if act.charge:
        require_of_body(
            "charge", act.charge, found(state.charges, "charge", act.charge).body, body.id
        )
    if act.rests_on:
        require_of_body("decision", act.rests_on, state.decision(act.rests_on).body, body.id)
    return BreachAnswered(act=act)


@evolves(BreachAnswered)
def breach_answered(state: State, event: BreachAnswered, stamp: Stamp) -> None:
    """The question is off the list."""
    act = event.act
    settle_breach(state, stamp, state.publications[act.publication], act.decision, act.how)


def settle_breach(
    state: State, stamp: Stamp, publication: Publication, decision: str, how: str
) -> None:
    """Note how a question was answered and dispose of it, while an event changes the state."""
    publication.breaches[decision] = how
    dispose(state, stamp, "breach", breach_subject(publication.id, decision), how)


def open_breaches(state: State, publication: Publication, body: str) -> list[str]:
    """The decisions of a body whose confidence a publication may have broken, not yet answered."""
    return [
        decision
        for decision in publication.breaches
        if is_open(state, "breach", breach_subject(publication.id, decision))
        and state.decisions[decision].body == body
    ]


def breach_subject(publication: str, decision: str) -> str:
    """The subject of the item that asks whether a publication broke the confidence of a decision."""
    return f"{publication}/{decision}"


def require_of_body(what: str, key: str, is_of: str, body: str) -> None:
    """Return if something is of the body it is used for, else raise Refused `of-another-body`."""
    if is_of != body:
        raise Refused("of-another-body", what=what, id=key, owner=is_of, body=body)
