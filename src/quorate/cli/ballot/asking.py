"""Questions to somebody at a terminal: for a secret, which is not shown, and for the answers of a ballot."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from quorate.ballots.question import AnyQuestion, RankedQuestion
from quorate.canon.fault import Malformed
from quorate.polling.files import read_secret, require_outside
from quorate.polling.questions import in_order, picks, title


def ask_secret(what: str) -> str:
    """A secret typed without being shown, or the first line of standard input where nobody types."""
    if sys.stdin.isatty():
        return str(click.prompt(what, hide_input=True, prompt_suffix=" (not shown): ", err=True))
    return sys.stdin.readline().strip()


def passphrase_of(key: Path, folder: Path, file: Path | None) -> Callable[[bool], str]:
    """How to come by the passphrase of a key file: from a file, else it is asked for; a new one twice, where somebody types.

    A file is read now, whether it will be needed or not: that others may read it is not found out only when it is too late.
    """
    given = None
    if file is not None:
        require_outside(file, folder, "a passphrase")
        given = read_secret(file, "a passphrase")

    def ask(is_new: bool) -> str:  # noqa: FBT001  # one place calls it
        if given is not None:
            return given
        typed = ask_secret(f"The {'new ' if is_new else ''}passphrase of {key}")
        if is_new and sys.stdin.isatty() and ask_secret("Once more") != typed:
            raise Malformed("passphrase", "the same twice")
        return typed

    return ask


def ask_answers(asked: Sequence[AnyQuestion]) -> list[list[int]]:
    """The answers that somebody types, asked again until they are allowed."""
    return [_ask(each, i, len(asked)) for i, each in enumerate(asked, 1)]


def _ask(asked: AnyQuestion, number: int, count: int) -> list[int]:
    """The answer that somebody types to one question, by the numbers of the answers as they are listed."""
    click.echo(f"\nQuestion {number} of {count}: {title(asked)}", err=True)
    for i, each in enumerate(asked.answers, 1):
        click.echo(f"  {i:>2}  {each}", err=True)
    while True:
        prompt = click.prompt(_wanted(asked), "", show_default=False, err=True)
        words = prompt.replace(",", " ").split()
        try:
            if isinstance(asked, RankedQuestion):
                return in_order(asked, [_position(asked, each) for each in words], "")
            if asked.blank and words == ["0"]:
                return [1] + [0] * len(asked.answers)
            return picks(asked, [_position(asked, each) for each in words], "")
        except Malformed as malformed:
            click.echo(f"It takes {malformed.expected}.", err=True)


def _wanted(asked: AnyQuestion) -> str:
    if isinstance(asked, RankedQuestion):
        return "Their numbers, the best first"
    many = f"{asked.min} to {asked.max}" if asked.min != asked.max else f"{asked.min}"
    blank = ", or 0 for a blank vote" if asked.blank else ""
    return (
        f"The number of your answer{blank}"
        if asked.max == 1 == asked.min
        else f"The numbers of {many} answers{blank}"
    )


def _position(asked: AnyQuestion, word: str) -> int:
    count = len(asked.answers)
    if word.isascii() and word.isdigit() and len(word) < 5 and 1 <= int(word) <= count:
        return int(word) - 1
    raise Malformed("", f"numbers of 1 to {count}, with spaces between them")
