"""Names, titles and whatever else is one line: no character in it ends the line, or is a control.

Those are U+0000 to U+001F, U+007F to U+009F (the category Cc), and the separators U+2028 and U+2029.
"""

import re

from quorate.canon.fault import Malformed

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
# The same in JSON in UTF-8: the C0 controls behind a backslash, the others in two or three bytes. A quote or a backslash
# in a text is found too, for which it has to be looked at.
_SUSPECT = re.compile(rb"\\|\x7f|\xc2[\x80-\x9f]|\xe2\x80[\xa8\xa9]")


def check_line(text: str, where: str) -> str:
    """The text itself, if it is one line; `where` says what it is.

    Raises:
        Malformed: it has a new line, or another control character.
    """
    found = _CONTROL.search(text)
    if found:
        raise Malformed(where, f"one line without control characters; it has U+{ord(found[0]):04X}")
    return text


def check_text(text: str, where: str) -> str:
    """The text itself, of however many lines, if there is no NUL in it, with which other programs end a text.

    Raises:
        Malformed: there is one.
    """
    if "\0" in text:
        raise Malformed(where, "a text without NUL (U+0000)")
    return text


def may_have_control(data: bytes) -> bool:
    """Whether in a value written as JSON there may be a text that `check_line` refuses; nearly always not."""
    return _SUSPECT.search(data) is not None
