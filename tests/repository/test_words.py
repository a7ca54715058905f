"""The rules, the count and the ballots say nothing in words: codes, figures and ids, which `reading` puts into words."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from quorate.ballots.check import UnverifiedElection
from quorate.ballots.trustee_fault import UnverifiedTrustee
from quorate.canon.fault import Malformed, Unavailable, Unverified
from tests.repository.tree import ROOT

SILENT = ("assembly", "counting", "ballots")
FAULTS = {
    each.__name__
    for each in (Malformed, Unverified, Unavailable, UnverifiedElection, UnverifiedTrustee)
}
"""Errors that say where bytes or proofs are wrong, for whoever made them: they are not of the rules, and stay as they are."""
REASONS = [
    "archive",
    "ballot",
    "channel",
    "choices",
    "decryption",
    "election",
    "monitoring",
    "result",
    "shuffle",
    "steps",
    "tally",
    "trustee",
    "trustee_sharing",
    "verify",
]
"""Modules of `ballots` that name a proof or say why one of the nine checks failed, and hand that on to the fault."""
_two_words = re.compile(r"[A-Za-z]{2,}[,:;]? [A-Za-z]{2,}")


def composed(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Where a module puts a text of two words or more together, or has one at hand, but for docs and what faults say."""
    silent = {id(each) for node in ast.walk(tree) if is_exempt(node) for each in ast.walk(node)}
    for node in ast.walk(tree):
        if id(node) not in silent and (words := text_of(node)) and _two_words.search(words):
            yield node.lineno, words  # type: ignore[attr-defined]


def is_exempt(node: ast.AST) -> bool:
    """Whether what is in a node is no text for people: a docstring, an assertion's, or what a fault says."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return True
    if isinstance(node, ast.Assert):
        return True
    if isinstance(node, ast.AnnAssign) and getattr(node.target, "id", "") == "_NAMES":
        return True  # names of facts, with spaces between them
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") in {*FAULTS, "refusals"}


def text_of(node: ast.AST) -> str:
    """The words that stand in a text, a filled-in one with a dot for what is filled in."""
    if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "join":
        glue = node.func.value  # type: ignore[attr-defined]
        if isinstance(glue, ast.Constant) and " " in str(glue.value):
            return "a list joined"  # of ids: whoever reads it could not call them by name
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else "." for part in node.values
        )
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


@pytest.mark.parametrize("package", SILENT)
def test_no_sentence_is_composed(package: str) -> None:
    told = {
        path: [f"{path.relative_to(ROOT)}:{line}: {words!r}" for line, words in where]
        for path in sorted((ROOT / "src/quorate" / package).rglob("*.py"))
        if (where := list(composed(ast.parse(path.read_text(encoding="utf-8")))))
    }
    of_checks = [path for path in told if package == "ballots" and path.stem in REASONS]
    assert [line for path in told if path not in of_checks for line in told[path]] == []
    assert package != "ballots" or sorted(path.stem for path in of_checks) == REASONS


def test_a_composed_sentence_is_found(tmp_path: Path) -> None:
    told = 'def rule(who):\n    """Docs may say this."""\n    return f"{who} may not vote"\n'
    assert {line for line, _ in composed(ast.parse(told))} == {3}
    assert [*composed(ast.parse('", ".join(people)'))] == [(1, "a list joined")]
    assert [*composed(ast.parse('raise Malformed("where", f"a text of {n} words")'))] == []
