"""Erasures carried out: what the record says was erased leaves the store.

An erasure is recorded first and carried out after, so whoever opens the record looks whether one was cut short, or undone
by a backup.
"""

from quorate.assembly.state import State
from quorate.desk.port import Store


def finish_erasures(store: Store, state: State) -> bool:
    """Erase from the store what the record says was erased; returns whether anything of it was still there.

    Cost: one row for each entry ever erased from.

    Raises:
        Unavailable: the store cannot be written; what is still there stays until this is done again.
    """
    left = {seq: _still_there(store, seq, parts) for seq, parts in state.erased.items()}
    if not any(left.values()):
        return False
    with store.writing() as writing:
        for seq, names in left.items():
            writing.erase(seq, names)
    return True


def _still_there(store: Store, seq: int, names: tuple[str, ...]) -> list[str]:
    return [
        part.name for row in store.rows(seq, seq + 1) for part in row.parts if part.name in names
    ]
