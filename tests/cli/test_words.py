"""What commands say where they refuse: the words that people read, and what they are told to do."""

import pytest

from tests.cli.terminal import quorate


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("receipt", 1, "--out", "{}/kept"), "{}/kept: expected no other file there yet"),
        (("memory", "--new"), "{}/coop/signer.log: expected no memory there"),
        (("receipt", "--check", "{}/kept"), "--check: expected --entry and --key beside it"),
        (("memory", "--checkpoint", "{}/kept"), "--checkpoint: expected --new beside it"),
        (("act", "x"), "x: expected a file, a folder, or the name of an act"),
        (("show", "item", "4"), "4: expected the id of an item"),
        (("act", "{}/who.yaml"), "{}/who.yaml:1: @tom: expected the handle of a member (`by`)"),
        (("act", "{}/kind.yaml"), "{}/kind.yaml:1: expected an act, not 'dance'"),
        (("act", "{}/type.yaml"), "{}/type.yaml:1: expected a whole number, at weight"),
        (("act", "{}/none.yaml"), "{}/none.yaml:1: expected the field body, which is missing"),
        (("act", "{}/enum.yaml"), "{}/enum.yaml:1: invalid enum value 'yes', at choice"),
    ],
)
def test_what_was_expected_is_said_to_be_expected(coop, tmp_path, words, said) -> None:
    (tmp_path / "kept").write_text("something else\n")
    for name, act in {
        "who": "{do: withdraw-motion, motion: m, by: tom}",
        "kind": "{do: dance}",
        "type": "{do: seat-member, body: board, member: '@ada', weight: x}",
        "none": "{do: seat-member, member: '@ada'}",
        "enum": "{do: cast-vote, by: ada, division: d-1, choice: 'yes'}",
    }.items():
        (tmp_path / f"{name}.yaml").write_text(f"- {act}\n")
    place = () if "--check" in words else ("--dir", coop)
    done = quorate(*(str(each).format(tmp_path) for each in words), *place)
    assert (done.code, done.err.splitlines()[0]) == (2, f"malformed: {said.format(tmp_path)}"), done
