"""Minutes as pages: Markdown, one HTML page that needs nothing else, and PDF."""

import re
from collections.abc import Iterator
from html import escape

from markdown_it import MarkdownIt

from quorate.canon.fault import Unavailable
from quorate.reading.minutes.taking import Attendee, MinuteText, Passage, Taken
from quorate.reading.view.divisions import DivisionView, Figures
from quorate.reading.words.names import capitalised, mid_sentence, plural, the

STYLE = """
:root { color-scheme: light; }
body { font: 11pt/1.5 Georgia, "Liberation Serif", "Times New Roman", serif; color: #1a1a1a;
  background: #fff; max-width: 42rem; margin: 2.5rem auto; padding: 0 1.25rem; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 .25rem; }
h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; border-bottom: 1px solid #999; padding-bottom: .15rem; }
h3 { font-size: 1rem; margin: 1.25rem 0 .25rem; }
h1, h2, h3 { break-after: avoid; }
p { margin: .4rem 0; }
blockquote { margin: .25rem 0 .5rem 1.5rem; font-style: italic; color: #333; }
table { border-collapse: collapse; margin: .6rem 0 .8rem; width: 100%; font-size: .95em; break-inside: avoid; }
th, td { text-align: left; vertical-align: top; padding: .2rem .6rem .2rem 0; border-bottom: 1px solid #ccc; }
th { font-weight: 600; }
ol, ul { margin: .25rem 0 .6rem; padding-left: 1.6rem; }
code { font: .85em/1.4 "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
footer, hr + p { font-size: .85em; color: #444; }
@page { size: A4; margin: 22mm 20mm; @bottom-right { content: counter(page) " / " counter(pages); font-size: 9pt; } }
@media print { body { margin: 0; padding: 0; max-width: none; } }
"""
_special = re.compile(r"([\\`*_{}\[\]<>#|~&])")
_beginning = re.compile(r"^(\d+)([.)])|^([-+=])")


_CAPACITIES = {"member": "Members present", "guest": "Guests"}


def render_markdown(minutes: MinuteText) -> str:
    """The minutes in CommonMark with tables; what people wrote is escaped, so that it stays what they wrote."""
    return "\n".join(_lines(minutes)).rstrip() + "\n"


def render_body(minutes: MinuteText) -> str:
    """The minutes as HTML to be put into a page; what people wrote is escaped."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    return str(reader.render(render_markdown(minutes)))


def render_html(minutes: MinuteText) -> str:
    """The minutes as one page with its stylesheet, readable on paper and without a network."""
    main = render_body(minutes)
    title = escape(f"{minutes.title}, {minutes.day}: minutes")
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n{main}</main>\n</body>\n</html>\n"
    )


def render_pdf(minutes: MinuteText) -> bytes:
    """The minutes as PDF, tagged so that they can be read aloud.

    Raises:
        Unavailable: WeasyPrint is not installed.
    """
    # Imported here because it is an extra with libraries of the system behind it: without it all else must work.
    try:
        from weasyprint import HTML  # type: ignore[import-untyped]  # noqa: PLC0415
    except (ImportError, OSError) as error:
        raise Unavailable(
            f"no PDF without WeasyPrint ({error})", "pip install 'quorate[pdf]'"
        ) from None
    document: bytes = HTML(string=render_html(minutes)).write_pdf(pdf_variant="pdf/ua-1")
    return document


def _lines(minutes: MinuteText) -> Iterator[str]:
    yield from _heading(minutes)
    yield from _present(minutes)
    for section in minutes.sections:
        yield f"## {_safe(section.title)}\n" if section.title else "## Proceedings\n"
        for passage in section.passages:
            yield from _passage(passage)
    if minutes.decisions:
        yield "## Decisions\n"
    for number, taken in enumerate(minutes.decisions, start=1):
        yield from _taken(number, taken)
    yield from _list("Left open when the meeting adjourned", minutes.left_open)
    yield from _list("Corrections", minutes.corrections)
    yield from _ending(minutes)


def _heading(minutes: MinuteText) -> Iterator[str]:
    yield f"# {_safe(minutes.title)}\n"
    confidence = " Held in confidence: for members of the body." if minutes.in_confidence else ""
    yield f"Minutes of {_safe(the(minutes.body))}, {_safe(minutes.organisation)}.{confidence}\n"
    where = mid_sentence(minutes.place or "")
    yield f"**{_safe(minutes.day + (f', at {where}' if where else ''))}**\n"
    opened = (
        f"Called to order at {minutes.opened_at}" if minutes.opened_at else "Not called to order"
    )
    chair = f", {_safe(minutes.chair)} in the chair" if minutes.chair else ""
    until = f"; adjourned at {minutes.adjourned_at}" if minutes.adjourned_at else ""
    yield f"{opened}{chair}{until}.\n"


def _present(minutes: MinuteText) -> Iterator[str]:
    yield "## Attendance\n"
    if minutes.quorum:
        yield f"Quorum: {_safe(minutes.quorum)}\n"
    capacities = {each.capacity for each in minutes.present}
    for capacity in sorted(capacities, key=lambda each: (each != "member", each == "guest", each)):
        names = [_named(minutes, each) for each in minutes.present if each.capacity == capacity]
        label = _CAPACITIES.get(capacity, capitalised(capacity))
        yield f"**{_safe(label)}** ({len(names)}): {_safe(', '.join(names))}.\n"
    absent = "; ".join(minutes.absent) or "nobody"
    yield f"**Absent**: {_safe(absent)}.\n"


def _named(minutes: MinuteText, attendee: Attendee) -> str:
    """A name, with the times of those who came late or left early."""
    late = minutes.opened_at is not None and attendee.came_at > minutes.opened_at
    times = [f"from {attendee.came_at}"] if late else []
    times += [f"until {attendee.left_at}"] if attendee.left_at else []
    return f"{attendee.name} ({', '.join(times)})" if times else attendee.name


def _passage(passage: Passage) -> Iterator[str]:
    yield f"{_safe(passage.text)}\n"
    if passage.words:
        yield from (f"> {_safe(line)}" if line else ">" for line in passage.words.splitlines())
        yield ""
    yield from _numbered(passage.clauses)
    if passage.division is not None:
        yield from _division(passage.division)


def _division(division: DivisionView) -> Iterator[str]:
    """The figures by side, with names where votes have them, then the rule and the reason."""
    votes = division.votes.items if division.votes else []
    weight = division.weight if isinstance(division.weight, Figures) else None
    figures = weight or division
    silent = weight.not_voted if weight else division.not_voted_count
    yield "| | votes | |\n|---|---|---|"
    for label, number, side in (
        ("For", figures.votes_for, "for"),
        ("Against", figures.against, "against"),
        ("Abstaining", figures.abstain, "abstain"),
        ("Did\N{NO-BREAK SPACE}not\N{NO-BREAK SPACE}vote", silent, None),
    ):
        names = ", ".join(each.name for each in votes if each.vote == side)
        yield f"| {label} | {number} | {_safe(names)} |"
    for label, number in (("Spoiled", division.spoiled), ("Unaccounted for", division.unaccounted)):
        if number:
            yield f"| {label} | {number} | |"
    yield ""
    casting = (
        f" The chair's casting vote was {division.casting_vote}." if division.casting_vote else ""
    )
    reason = division.reason or ""
    yield f"Rule: {_safe(division.rule)}. {_safe(reason[:1].upper() + reason[1:])}.{casting}\n"


def _taken(number: int, taken: Taken) -> Iterator[str]:
    yield f"### {number}. {_safe(taken.title)}\n"
    if taken.confidential:
        yield "In confidence.\n"
    yield from _numbered(taken.clauses)
    if taken.tasks:
        yield "| To be done or fixed | by whom | due |\n|---|---|---|"
        yield from (
            f"| {_safe(each.what)} | {_safe(each.owner)} | {_safe(each.due)} |"
            for each in taken.tasks
        )
        yield ""
    if taken.dissent:
        yield f"Dissent: {_safe(' '.join(taken.dissent))}\n"


def _ending(minutes: MinuteText) -> Iterator[str]:
    yield "## Approval\n"
    yield f"{_safe(minutes.approval or 'Not approved yet.')}\n"
    yield from (f"Signed: {_safe(each)}\n" for each in minutes.signatures)
    yield "---\n"
    yield (
        f"Drafted from the record at {plural(minutes.entries, 'entry', 'entries')}. The root of their tree is `{minutes.root}`; "
        "whoever has an export of the record can check these minutes against it."
    )


def _list(title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield f"## {title}\n"
        yield from (f"- {_safe(line)}" for line in lines)
        yield ""


def _numbered(lines: list[str]) -> Iterator[str]:
    if lines:
        yield from (f"{n}. {_safe(line)}" for n, line in enumerate(lines, start=1))
        yield ""


def _safe(text: str) -> str:
    """Text that Markdown shows as it is."""
    escaped = _special.sub(r"\\\1", " ".join(text.split()))
    return _beginning.sub(
        lambda match: f"{match[1]}\\{match[2]}" if match[1] else f"\\{match[3]}", escaped
    )
