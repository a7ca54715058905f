import pytest

from quorate.canon.fault import Unavailable
from quorate.record.checkpoint import open_checkpoint
from quorate.record.signer import CheckpointSigner
from quorate.record.tree import Tree, tree_from_leaves


class Notebook:
    """A Memory for tests; what was remembered, in order."""

    def __init__(self, *heads):
        self.heads = list(heads)

    def last(self):
        return self.heads[-1] if self.heads else None

    def check(self, extends):
        for head in reversed(self.heads):
            extends(*head)

    def remember(self, size, root, extends):
        self.check(extends)
        self.heads.append((size, root))


def tree_of(size, salt=0):
    return tree_from_leaves((i + salt).to_bytes(32, "big") for i in range(size))


def test_a_growing_tree_is_signed_and_each_head_remembered(signer):
    memory = Notebook()
    scribe = CheckpointSigner(signer, memory)
    for size in (0, 1, 2, 7, 8, 100):
        checkpoint = open_checkpoint(scribe.sign(tree_of(size)), signer.verifier)
        assert (
            (checkpoint.size, checkpoint.root) == memory.heads[-1] == (size, tree_of(size).root())
        )
    assert len(memory.heads) == 6
    assert scribe.origin == signer.name


def test_the_same_head_is_signed_again_with_the_same_note(signer):
    memory = Notebook()
    scribe = CheckpointSigner(signer, memory)
    assert scribe.sign(tree_of(5)) == scribe.sign(tree_of(5))
    assert len(memory.heads) == 1


@pytest.mark.parametrize("old", range(1, 9))
@pytest.mark.parametrize("new", range(9))
def test_a_smaller_tree_is_never_signed(signer, old, new):
    memory = Notebook((old, tree_of(old).root()))
    scribe = CheckpointSigner(signer, memory)
    if new >= old:
        assert scribe.sign(tree_of(new))
        return
    with pytest.raises(Unavailable, match=f"entries missing: {old - new}$") as caught:
        scribe.sign(tree_of(new))
    assert caught.value.hint.startswith(
        "If an old copy was put back, bring it up with `quorate restore EXPORT`"
    )
    assert "witnesses" in caught.value.hint
    assert len(memory.heads) == 1


@pytest.mark.parametrize("new", [5, 6, 8, 100])
def test_another_history_is_never_signed(signer, new):
    memory = Notebook((5, tree_of(5).root()))
    scribe = CheckpointSigner(signer, memory)
    with pytest.raises(Unavailable) as caught:
        scribe.sign(tree_of(new, salt=1))
    message = str(caught.value)
    assert tree_of(5).root().hex() in message
    assert tree_of(5, salt=1).root().hex() in message
    assert len(memory.heads) == 1


def test_a_head_that_could_not_be_remembered_is_not_signed(signer):
    class Full(Notebook):
        def remember(self, size, root, extends):
            raise Unavailable("disk full")

    signed = []
    with pytest.raises(Unavailable, match="disk full"):
        signed.append(CheckpointSigner(signer, Full()).sign(Tree()))
    assert not signed


def test_the_head_is_remembered_before_it_is_signed(signer, monkeypatch):
    memory = Notebook()

    def sign(checkpoint, _signer):
        assert memory.last() == (checkpoint.size, checkpoint.root)
        return "note"

    monkeypatch.setattr("quorate.record.signer.sign_checkpoint", sign)
    assert CheckpointSigner(signer, memory).sign(tree_of(3)) == "note"
