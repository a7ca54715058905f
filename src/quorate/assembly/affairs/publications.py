"""What appears in print: asking an organ to publish, what appeared where, and what its editors say of it.

That something appeared is a fact which nobody can refuse, a refused request least of all. What it gives away of a
confidential decision is asked in `breaches`.
"""

from quorate.assembly.act import Act, Event, Stamp, decides, evolves
from quorate.assembly.affairs.dissent import require_own_names
from quorate.assembly.heads import in_good_standing
from quorate.assembly.items import dispose, is_open, open_item
from quorate.assembly.model.affairs import Annotation, Dissent, Publication, PublicationRequest
from quorate.assembly.model.item import NextStep
from quorate.assembly.refusal import Refused, refusals
from quorate.assembly.roll import existing_body, in_term, offices_of, seat_of
from quorate.assembly.state import State, found, new
from quorate.canon.moment import Day

refusals(
    not_editor="person organ",
    not_the_printer="publication body",
    not_yet_out="on",
    another_dissent="request asked printed",
)


class RequestPublication(Act, frozen=True):
    """Ask an organ to publish something."""

    request: str
    organ: str
    """The body that edits it."""
    requesters: tuple[str, ...] = ()
    """Who asks; only the one who acts, if not given."""
    dissent: str = ""
    """The dissent that is to be printed, if it is one; its signatories may be named as requesters."""
    text: str | None = None


class PublicationRequested(Event, frozen=True):
    """A request lies with the editors."""

    act: RequestPublication
    requesters: tuple[str, ...]


@decides(RequestPublication, opens="request")
def request_publication(
    state: State, act: RequestPublication, stamp: Stamp
) -> PublicationRequested:
    """Anyone known may ask, for themselves or for those who signed the dissent."""
    new(state.requests, "request", act.request)
    organ = existing_body(state, act.organ)
    state.person(stamp.by)
    signatories = found(state.dissents, "dissent", act.dissent).signatories if act.dissent else ()
    requesters = act.requesters or (stamp.by,)
    if stamp.by not in signatories or not set(requesters) <= set(signatories):
        require_own_names(state, stamp, requesters, organ)
    return PublicationRequested(act=act, requesters=requesters)


@evolves(PublicationRequested)
def publication_requested(state: State, event: PublicationRequested, stamp: Stamp) -> None:
    """The editors have to grant or refuse it."""
    act = event.act
    state.requests[act.request] = PublicationRequest(
        id=act.request, by=event.requesters, organ=act.organ, dissent=act.dissent, text=act.text
    )
    open_request(state, stamp, act.request, "grant-or-refuse")


class GrantPublication(Act, frozen=True):
    """Promise that the organ will print what was asked."""

    request: str


class PublicationGranted(Event, frozen=True):
    """The request is granted; until it is printed, the promise is open business."""

    act: GrantPublication


@decides(GrantPublication)
def grant_publication(state: State, act: GrantPublication, stamp: Stamp) -> PublicationGranted:
    """The editors grant a request that they have not answered yet."""
    request = found(state.requests, "request", act.request)
    require_editor(state, stamp, request.organ)
    require_status(request, "open")
    return PublicationGranted(act=act)


@evolves(PublicationGranted)
def publication_granted(state: State, event: PublicationGranted, stamp: Stamp) -> None:
    """The request is answered; the promise made by it takes its place on the list."""
    key = event.act.request
    state.requests[key].status = "granted"
    dispose(state, stamp, "request", key, "granted")
    open_request(state, stamp, key, "print-request")


class RefusePublication(Act, frozen=True):
    """Say that the organ will not print what was asked, even if that was promised before."""

    request: str
    reason: str | None = None


class PublicationRefused(Event, frozen=True):
    """The request is refused."""

    act: RefusePublication


@decides(RefusePublication)
def refuse_publication(state: State, act: RefusePublication, stamp: Stamp) -> PublicationRefused:
    """The editors refuse a request, or go back on a promise while it is not yet printed."""
    request = found(state.requests, "request", act.request)
    require_editor(state, stamp, request.organ)
    require_status(request, "open", "granted")
    return PublicationRefused(act=act)


@evolves(PublicationRefused)
def publication_refused(state: State, event: PublicationRefused, stamp: Stamp) -> None:
    """The request is off the list; a dissent that the orders want printed still awaits it."""
    state.requests[event.act.request].status = "refused"
    dispose(state, stamp, "request", event.act.request, "refused")


class RecordPublication(Act, frozen=True):
    """Put on the record that something appeared somewhere."""

    publication: str
    where: str
    """The paper, site or wall where it appeared."""
    on: Day
    persons: tuple[str, ...] = ()
    """Who wrote or signed it, as far as they are known to the organisation."""
    organ: str = ""
    """The body that edits it, if it is ours."""
    request: str = ""
    dissent: str = ""
    """The dissent that it prints; that of the request, if not given."""
    text: str | None = None


class PublicationRecorded(Event, frozen=True):
    """Something appeared somewhere."""

    act: RecordPublication
    dissent: str


@decides(RecordPublication, opens="publication")
def record_publication(state: State, act: RecordPublication, stamp: Stamp) -> PublicationRecorded:
    """Any member may record a fact; refused only when it cannot be one."""
    new(state.publications, "publication", act.publication)
    if not in_good_standing(state, stamp.by):
        raise Refused("not-entitled", person=stamp.by, needs=("good-standing",))
    for person in act.persons:
        state.person(person)
    if act.organ:
        state.body(act.organ)
    if act.on.on > stamp.on:
        raise Refused("not-yet-out", on=act.on)
    return PublicationRecorded(act=act, dissent=_dissent_in(state, act))


@evolves(PublicationRecorded)
def publication_recorded(state: State, event: PublicationRecorded, stamp: Stamp) -> None:
    """It is known; what an organ had to print is off its list, what appeared elsewhere is not."""
    act = event.act
    state.publications[act.publication] = Publication(
        id=act.publication,
        where=act.where,
        by=act.persons,
        on=act.on,
        organ=act.organ,
        request=act.request,
        dissent=event.dissent,
        text=act.text,
    )
    if act.request and act.organ == state.requests[act.request].organ:
        _printed_as_asked(state, stamp, state.requests[act.request])
    if event.dissent:
        _dissent_out(state, stamp, state.dissents[event.dissent], act.organ)


def _dissent_out(state: State, stamp: Stamp, dissent: Dissent, organ: str) -> None:
    dissent.published = True
    if organ == dissent.organ and is_open(state, "dissent", dissent.id):
        dispose(state, stamp, "dissent", dissent.id, "published")


def _dissent_in(state: State, act: RecordPublication) -> str:
    asked = found(state.requests, "request", act.request).dissent if act.request else ""
    if act.dissent:
        found(state.dissents, "dissent", act.dissent)
        if asked not in ("", act.dissent):
            raise Refused("another-dissent", request=act.request, asked=asked, printed=act.dissent)
    return act.dissent or asked


def _printed_as_asked(state: State, stamp: Stamp, request: PublicationRequest) -> None:
    request.status = "published"
    if is_open(state, "request", request.id):
        dispose(state, stamp, "request", request.id, "published")


class AnnotatePublication(Act, frozen=True):
    """Say, as the body that prints it, what one thinks of a publication."""

    publication: str
    body: str
    text: str | None = None


class PublicationAnnotated(Event, frozen=True):
    """A publication carries an annotation by its editors."""

    act: AnnotatePublication


@decides(AnnotatePublication)
def annotate_publication(
    state: State, act: AnnotatePublication, stamp: Stamp
) -> PublicationAnnotated:
    """The body that printed it, by one of its editors."""
    publication = found(state.publications, "publication", act.publication)
    state.body(act.body)
    if publication.organ != act.body:
        raise Refused("not-the-printer", publication=publication.id, body=act.body)
    require_editor(state, stamp, act.body)
    return PublicationAnnotated(act=act)


@evolves(PublicationAnnotated)
def publication_annotated(state: State, event: PublicationAnnotated, stamp: Stamp) -> None:
    """The annotation stands beside the publication."""
    act = event.act
    publication = state.publications[act.publication]
    annotation = Annotation(body=act.body, by=stamp.by, on=stamp.on, text=act.text)
    publication.annotations = (*publication.annotations, annotation)


def is_editor(state: State, person: str, organ: str, stamp: Stamp) -> bool:
    """Whether somebody has a seat or an office in the body that edits an organ."""
    body = state.body(organ)
    return seat_of(state, body, person, stamp.on) is not None or any(
        office.holder == person and in_term(office, stamp.on) for office in offices_of(state, organ)
    )


def require_editor(state: State, stamp: Stamp, organ: str) -> None:
    """Return if the one who acts edits the organ, else raise Refused `not-editor`."""
    existing_body(state, organ)
    if not is_editor(state, stamp.by, organ, stamp):
        raise Refused("not-editor", person=stamp.by, organ=organ)


def require_status(request: PublicationRequest, *needed: str) -> None:
    """Return if a request has one of these statuses, else raise Refused `not-open`."""
    if request.status not in needed:
        raise Refused(
            "not-open", what="request", id=request.id, status=request.status, statuses=needed
        )


def open_request(state: State, stamp: Stamp, key: str, next_step: NextStep) -> None:
    """Put a request before the editors of its organ."""
    request = state.requests[key]
    open_item(
        state,
        stamp,
        "request",
        key,
        body=request.organ,
        owner=f"body:{request.organ}",
        next_step=next_step,
    )
