"""QR codes that stand in the page itself: what they hold is secret, and has no address of its own."""

import segno
from django.utils.safestring import SafeString, mark_safe


def qr_of(text: str) -> SafeString:
    """The QR code of a text as SVG, as large as the place where it stands."""
    svg = segno.make(text, error="m", micro=False).svg_inline(border=2, light="#fff", omitsize=True)
    return mark_safe(svg)  # noqa: S308  # made by segno of modules; the text itself is not in it
