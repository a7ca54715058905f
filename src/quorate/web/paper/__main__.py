"""Read what is to be printed from standard input, and write the PDF to standard output."""

import sys
from html import escape

import msgspec
import segno
from weasyprint import HTML  # type: ignore[import-untyped]
from weasyprint.urls import URLFetcher  # type: ignore[import-untyped]

from quorate.web.paper.printing import Card, Line, Printout

STYLE = """
@page { size: A4; margin: 12mm 12mm 16mm; @bottom-center { content: counter(page) " / " counter(pages); font: 8pt sans-serif; color: #555 } }
body { font: 10pt/1.35 sans-serif; margin: 0; color: #111 }
h1 { font-size: 15pt; margin: 0 0 1mm } p { margin: 0 }
.page { position: relative; height: 264mm; break-after: page } .page:last-child { break-after: auto }
.card { position: absolute; box-sizing: border-box; width: 91mm; height: 66mm; border: .3mm dashed #999; padding: 5mm }
.card img { float: right; width: 33mm; height: 33mm; margin-left: 4mm; image-rendering: pixelated }
.card b { font-size: 12pt; display: block; margin: 1mm 0 2mm } .card .house { font-size: 8pt; color: #444 }
.card code { font: 7.5pt monospace; overflow-wrap: anywhere; display: block; clear: both; padding-top: 2mm } .card .small { font-size: 8pt }
table { border-collapse: collapse; width: 100%; margin-top: 4mm } th { text-align: left; font-size: 8pt; color: #444 } th, td { border-bottom: .2mm solid #999; padding: 1.5mm 2mm }
td { height: 9mm } .no { width: 9mm; color: #555 } .note { width: 38mm } .sign { width: 62mm }
"""


COLUMNS, ON_A_PAGE = 2, 8
"""Cards beside each other, and on one page."""


def page_of(paper: Printout) -> str:
    """The paper as HTML; names of people are text in it, whatever they hold."""
    inside = _cards(paper) if paper.kind == "cards" else _sheet(paper)
    head = f"<meta charset=utf-8><title>{escape(paper.title)}</title><style>{STYLE}</style>"
    return f"<!doctype html><html lang=en><head>{head}</head><body>{inside}</body></html>"


def _cards(paper: Printout) -> str:
    """Each card has its place: laying them out one after the other would take twice as long."""
    pages = [paper.cards[i : i + ON_A_PAGE] for i in range(0, len(paper.cards), ON_A_PAGE)]
    return "".join(
        "<div class=page>" + "".join(_card(paper, *each) for each in enumerate(page)) + "</div>"
        for page in pages
    )


def _card(paper: Printout, place: int, card: Card) -> str:
    code = segno.make(card.link, error="m", micro=False).png_data_uri(border=0, scale=1)
    row, column = divmod(place, COLUMNS)
    return (
        f"<div class=card style='left:{column * 91}mm;top:{row * 66}mm'><img src='{code}' alt=''>"
        f"<span class=house>{escape(paper.house)}</span><b>{escape(card.name)}</b>"
        "<p class=small>Point your camera at the square, or type the address. It lets you in once, as you: "
        f"give it to nobody. It works until {escape(paper.until)}.</p><code>{escape(card.link)}</code></div>"
    )


def _sheet(paper: Printout) -> str:
    rows = "".join(_row(number, each) for number, each in enumerate(paper.lines, 1))
    return (
        f"<h1>{escape(paper.title)}</h1><p>{escape(paper.house)} · {len(paper.lines)} entitled</p>"
        f"<table><thead><tr><th></th><th>Name</th><th></th><th>Signature</th></tr></thead><tbody>{rows}</tbody></table>"
    )


def _row(number: int, line: Line) -> str:
    return (
        f"<tr><td class=no>{number}</td><td>{escape(line.name)}</td><td class=note>{escape(line.note)}</td>"
        "<td class=sign></td></tr>"
    )


def main() -> None:
    """Print what standard input has."""
    paper = msgspec.json.decode(sys.stdin.buffer.read(), type=Printout)
    inside = URLFetcher(allowed_protocols=("data",))  # nothing is fetched from anywhere
    sys.stdout.buffer.write(HTML(string=page_of(paper), url_fetcher=inside).write_pdf())


if __name__ == "__main__":
    main()
