"""Proxies: a member gives another the authority to vote for them, within the limits of the standing orders.

A proxy does not count while its giver is present or a substitute fills the seat (`register`), so that nobody votes twice.
RONR (12th ed.) 45:70–71 advises against proxies; where they are allowed, these are the limits.
"""

from typing import Literal

from quorate.assembly import heads
from quorate.assembly.act import Act, Event, Stamp, decides, evolves
from quorate.assembly.model.meeting import Proxy
from quorate.assembly.model.organisation import Body
from quorate.assembly.refusal import Refused, refusals
from quorate.assembly.roll import KEEPERS, existing_body, orders_of, require, require_seat, seat_of
from quorate.assembly.state import State, found, new

refusals(
    proxies_not_allowed="body",
    proxy_to_oneself="person",
    holder_not_a_member="holder body",
    proxy_limit="holder held limit",
    already_represented="giver proxy",
    instruction_unlimited="instruction",
    proxy_revoked="proxy",
    matter_of_another_body="what id owner body",
)


class GiveProxy(Act, frozen=True):
    """Authorise somebody to vote for a member."""

    proxy: str
    giver: str
    holder: str
    body: str
    meeting: str = ""
    """Empty: for every meeting of the body until revoked."""
    motions: tuple[str, ...] = ()
    """Empty: for all motions."""
    instruction: Literal["for", "against", "abstain", ""] = ""


class ProxyGiven(Event, frozen=True):
    """A member is represented."""

    act: GiveProxy


@decides(GiveProxy, opens="proxy")
def give_proxy(state: State, act: GiveProxy, stamp: Stamp) -> ProxyGiven:
    """The giver acts, or those who keep the books enter it."""
    new(state.proxies, "proxy", act.proxy)
    body = existing_body(state, act.body)
    rule = orders_of(body).proxies
    if stamp.by != act.giver:
        require(state, stamp, KEEPERS, body, rule)
    if not rule.allowed:
        raise Refused("proxies-not-allowed", body=body.id, clause=rule)
    require_seat(state, act.giver, body, stamp.on)
    state.person(act.holder)
    if act.holder == act.giver:
        raise Refused("proxy-to-oneself", person=act.giver, clause=rule)
    if rule.holders == "members" and seat_of(state, body, act.holder, stamp.on) is None:
        raise Refused("holder-not-a-member", holder=act.holder, body=body.id, clause=rule)
    _check_scope(state, act)
    _check_limits(state, body, act)
    return ProxyGiven(act=act)


@evolves(ProxyGiven)
def proxy_given(state: State, event: ProxyGiven, stamp: Stamp) -> None:
    """The proxy is in force."""
    act = event.act
    proxy = state.proxies[act.proxy] = Proxy(
        id=act.proxy,
        giver=act.giver,
        holder=act.holder,
        body=act.body,
        meeting=act.meeting,
        motions=act.motions,
        instruction=act.instruction,
    )
    heads.proxy_given(state, proxy)


class RevokeProxy(Act, frozen=True):
    """Take a proxy back."""

    proxy: str


class ProxyRevoked(Event, frozen=True):
    """A proxy holds no longer."""

    act: RevokeProxy


@decides(RevokeProxy)
def revoke_proxy(state: State, act: RevokeProxy, stamp: Stamp) -> ProxyRevoked:
    """The giver revokes it, or those who keep the books enter that."""
    proxy = found(state.proxies, "proxy", act.proxy)
    if stamp.by != proxy.giver:
        require(state, stamp, KEEPERS, state.body(proxy.body))
    if proxy.revoked:
        raise Refused("proxy-revoked", proxy=proxy.id)
    return ProxyRevoked(act=act)


@evolves(ProxyRevoked)
def proxy_revoked(state: State, event: ProxyRevoked, stamp: Stamp) -> None:
    """The giver is not represented by it any longer."""
    proxy = state.proxies[event.act.proxy]
    proxy.revoked = True
    heads.proxy_revoked(state, proxy)


def _check_scope(state: State, act: GiveProxy) -> None:
    """Return if the meeting and motions named are the body's, else raise Refused."""
    matters: list[tuple[str, str, str]] = []
    if act.meeting:
        matters.append(("meeting", act.meeting, state.meeting(act.meeting).body))
    matters += [("motion", motion, state.motion(motion).body) for motion in act.motions]
    for what, key, owner in matters:
        if owner != act.body:
            raise Refused("matter-of-another-body", what=what, id=key, owner=owner, body=act.body)
    if act.instruction and not act.motions:
        raise Refused("instruction-unlimited", instruction=act.instruction)


def _check_limits(state: State, body: Body, act: GiveProxy) -> None:
    """Return if the giver is not represented yet where the proxy holds, and the holder has room, else raise Refused."""
    rule = orders_of(body).proxies
    for proxy in heads.proxies_of(state, act.giver):
        if _runs(state, proxy, body.id) and _overlap(proxy, act):
            raise Refused("already-represented", giver=act.giver, proxy=proxy.id, clause=rule)
    held = [each for each in heads.proxies_held(state, act.holder) if _runs(state, each, body.id)]
    # A proxy for all meetings needs room at each for which the holder has another, and at those still to come ("").
    meetings = [act.meeting] if act.meeting else ["", *(each.meeting for each in held)]
    for meeting in dict.fromkeys(meetings):
        # Givers, not proxies: a member may give one for each of several motions, and is one vote at any.
        givers = {each.giver for each in held if each.meeting in ("", meeting)} - {act.giver}
        if len(givers) >= rule.per_holder:
            raise Refused(
                "proxy-limit",
                holder=act.holder,
                held=len(givers),
                limit=rule.per_holder,
                clause=rule,
            )


def _runs(state: State, proxy: Proxy, body: str) -> bool:
    """Whether a proxy of a body is neither revoked nor for a meeting that is over."""
    if proxy.body != body or proxy.revoked:
        return False
    if not proxy.meeting:
        return True
    return state.meetings[proxy.meeting].status in ("convened", "sitting", "recess")


def _overlap(proxy: Proxy, act: GiveProxy) -> bool:
    """Whether a proxy and one about to be given could both hold for the same vote."""
    same_meeting = proxy.meeting == act.meeting or "" in (proxy.meeting, act.meeting)
    all_motions = not proxy.motions or not act.motions
    return same_meeting and (all_motions or not set(proxy.motions).isdisjoint(act.motions))
