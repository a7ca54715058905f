"""A record as a folder of plain files that anyone can verify, with the parts that its reader may see; and back.

checkpoint            the signed head; written last
checkpoints/<size>    every earlier checkpoint that was kept
tile/…                tiles and bundles (C2SP tlog-tiles)
parts/…               what this reader may see beside the tree
ballots/<division>.bel  the archives of secret ballots whose results this reader may see
log.vkey              the log's public key: compare it with the one you were given
VERIFY.txt            how to check all this, with and without our code
"""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib.resources import files
from itertools import islice
from pathlib import Path

from quorate.assembly.act import PART_FIELDS, kind_of
from quorate.assembly.divisions.results import SecretResultDeclared
from quorate.assembly.inscription import ACT_PART, read_inscription
from quorate.assembly.keeping.erasures import PartErased
from quorate.assembly.model.division import Division
from quorate.audit.archives import archive_path
from quorate.canon.fault import Busy, Conflict, Malformed, Unavailable, Unverified
from quorate.desk.archives import archive_name
from quorate.desk.fold import Progress, check_entry, check_row
from quorate.desk.folder_reader import FolderReader
from quorate.desk.port import Head, Row, Store, Writing
from quorate.record.checkpoint import open_checkpoint
from quorate.record.disclosure import check_parts, parse_parts, part_files, parts_path
from quorate.record.entry import Part, open_envelope
from quorate.record.note import Verifier, format_vkey
from quorate.record.tiles import WIDTH, read_entries, tile_files
from quorate.record.tree import Tree, leaf_hash

MaySee = Callable[[Part], bool]
BATCH = 4096
_TRIES = 3
_DECLARED = kind_of(SecretResultDeclared).encode()
_ERASED = kind_of(PartErased)


class Overtaken(Busy):
    """A part is gone that was there when the export began: another process has erased it, and the record says so further on."""


def unless_overtaken(write: Callable[[], int], catch_up: Callable[[], None]) -> int:
    """What an export comes to, begun again up to a few times when another process has erased something meanwhile.

    Raises:
        Overtaken: so it did each time.
    """
    for _ in range(_TRIES):
        try:
            return write()
        except Overtaken:
            catch_up()
    return write()


def write_export(  # noqa: PLR0917  # what, up to where, by whose key, into what, for whom
    store: Store,
    tree: Tree,
    note: str,
    verifier: Verifier,
    folder: Path,
    may_see: MaySee,
    progress: Progress | None = None,
    divisions: Iterable[Division] = (),
    *,
    erased: Mapping[int, Sequence[str]] | None = None,
    for_all: bool = False,
) -> int:
    """Write the record up to a signed checkpoint into a folder; returns how many entries that is.

    Of the divisions given, the archives of ballots go with it whose result the reader may see. Folder and files are for
    their owner alone (0700, 0600), unless they are `for_all`, and are on the disk when this returns.

    An export of the same record that is there already is replaced once the new one is whole. Cut off at any moment, it is
    there, or under its name with a dot before and `.old` behind; the next export puts that right, and leaves no older copy.

    Raises:
        Malformed: the folder has something else in it, or somebody has put a link in its place.
        Unverified: the store has another entry, part or archive than the record; nothing takes the folder's place.
        Unavailable: the disk is full, or the files could not be synced.
        Overtaken: a part is missing that was not `erased`, if that is said; nothing takes the folder's place.
    """
    head = open_checkpoint(note, verifier)
    if folder.name in ("", ".."):
        raise Malformed(str(folder), "a folder by its name", "go to the one above it")
    new, old = (folder.with_name(f".{folder.name}.{which}") for which in ("new", "old"))
    is_begun = False
    try:
        _recover(folder, old, verifier)
        _check_replaceable(folder, verifier)
        _clear(old)
        _clear(new)
        new.mkdir(mode=0o755 if for_all else 0o700, parents=True)
        is_begun = True
        _write_record(new, store, tree, head.size, may_see, progress, erased)
        for division in divisions:
            if division.archive and division.archive_seq < head.size:
                _write_archive(store, new, division, may_see)
        _write(new / "log.vkey", (format_vkey(verifier) + "\n").encode())
        _write(new / "VERIFY.txt", files("quorate.desk").joinpath("VERIFY.txt").read_bytes())
        _write(new / "checkpoint", note.encode())
        _sync_folders(new)
        _swap(new, folder, old)
    except (
        BaseException
    ) as error:  # by Ctrl-C too: it has parts in it, which an erasure would not reach
        if is_begun:
            shutil.rmtree(new, ignore_errors=True)
        if isinstance(error, OSError):
            raise Unavailable(f"the export could not be written: {error}") from error
        raise
    return head.size


def _write_record(  # noqa: PLR0917  # as `write_export`
    new: Path,
    store: Store,
    tree: Tree,
    size: int,
    may_see: MaySee,
    progress: Progress | None,
    erased: Mapping[int, Sequence[str]] | None,
) -> None:
    """Write tiles, parts and the checkpoints that are kept."""
    for path, content in _export_files(store, tree, size, may_see, progress, erased):
        _write(new / path, content)
    for signed, kept in store.checkpoints().items():
        if signed <= size:
            _write(new / f"checkpoints/{signed}", kept.encode())


def _export_files(  # noqa: PLR0917  # as `write_export`
    store: Store,
    tree: Tree,
    size: int,
    may_see: MaySee,
    progress: Progress | None,
    erased: Mapping[int, Sequence[str]] | None,
) -> Iterator[tuple[str, bytes]]:
    yield from tile_files(tree, _entries(store.rows(0, size), tree, size, progress), size=size)
    yield from part_files(_shown(store.rows(0, size), tree, may_see, erased), size)


def _shown(
    rows: Iterator[Row], tree: Tree, may_see: MaySee, erased: Mapping[int, Sequence[str]] | None
) -> Iterator[tuple[int, Part]]:
    for row in rows:
        check_row(tree, row)  # the fold may be that of a snapshot, and read none of these
        if erased is not None:
            _require_there(row, erased.get(row.seq, ()))
        yield from ((row.seq, part) for part in row.parts if may_see(part))


def _require_there(row: Row, erased: Sequence[str]) -> None:
    there = {part.name for part in row.parts}
    if missing := open_envelope(row.entry).parts.keys() - there - {*erased}:
        names = ", ".join(sorted(missing))
        raise Overtaken(f"part {names} of entry {row.seq} was erased meanwhile", "export again")


def _entries(
    rows: Iterator[Row], tree: Tree, size: int, progress: Progress | None
) -> Iterator[bytes]:
    for row in rows:
        check_entry(tree, row)
        if progress and row.seq % BATCH == 0:
            progress(row.seq, size)
        yield row.entry


def restore(store: Store, folder: Path, verifier: Verifier) -> int:
    """Append to a store what an export of the same record has beyond it; returns how many entries that was.

    So a new store is filled, or one that was restored from an old backup is brought up to what was signed. Everything is
    checked before the first row is written: entries against the signed root, every part against its commitment, and that
    no part is missing but those that the record says were erased. Cost: the export is read twice.

    Raises:
        Conflict: the store's entries are not the beginning of the export's.
        Unverified: the export's checkpoint is not signed by this key, or a part is not the one committed to.
        Malformed: its entries do not add up to the checkpoint, or it is the export of somebody who may not see everything.
    """
    read = FolderReader(folder)
    head = open_checkpoint(read("checkpoint"), verifier)
    tree = Tree()
    tree.extend(leaf_hash(entry) for entry in read_entries(read, head.size))
    if tree.root() != head.root:
        raise Malformed(str(folder), "entries that add up to the checkpoint")
    _require_whole(read, head.size)
    with store.writing() as writing:
        have = writing.head()
        if have.size > head.size or tree.root(have.size) != have.root:
            raise Conflict("the store's entries are not the beginning of the export's")
        rows = _rows(read, head.size, have.size)
        size = have.size
        while batch := list(islice(rows, BATCH)):
            size += len(batch)
            writing.append(batch, Head(size, tree.root(size)))
            for row in batch:
                _restore_archive(read, row, writing)
    store.save_checkpoint(head.size, read("checkpoint").decode())
    return head.size - have.size


def _require_whole(read: FolderReader, size: int) -> None:
    """Return if every part of an export is the one committed to, and none is missing that was not erased.

    Raises:
        Unverified: a part is not the one that its entry commits to.
        Malformed: a part is missing.
    """
    missing: dict[int, set[str]] = {}
    for row in _rows(read, size, 0):
        envelope = open_envelope(row.entry)
        check_parts(envelope, row.parts)
        parts = {part.name: part.data for part in row.parts}
        if lacking := envelope.parts.keys() - parts.keys():
            missing[row.seq] = lacking
        if envelope.kind == _ERASED and ACT_PART in parts:
            act = read_inscription(envelope.kind, parts).event.act
            # No rule lets an act be erased, whatever an erasure says that nobody has decided yet.
            missing[act.seq] = missing.get(act.seq, set()) - {*PART_FIELDS}.intersection(act.parts)
    lost = [(seq, name) for seq, names in missing.items() for name in sorted(names)]
    if lost:
        seq, name = lost[0]
        raise Malformed(
            str(read.folder),
            f"an export with every part: {len(lost)} are missing, the first is {name} of entry {seq}",
            "restore from the export that `quorate export --for all` writes",
        )


def _restore_archive(read: FolderReader, row: Row, writing: Writing) -> None:
    """Keep the archive that an entry names, if the export has it."""
    acts = {part.name: part.data for part in row.parts}
    if _DECLARED not in row.entry or ACT_PART not in acts:
        return
    act = read_inscription(_DECLARED.decode(), acts).event.act
    path = archive_path(act.division)
    try:
        archive = read(path)
    except Malformed:
        return
    if hashlib.sha256(archive).hexdigest() != act.archive:
        raise Malformed(path, f"the archive that entry {row.seq} names by its hash")
    writing.put_paper(archive_name(act.division), [archive])


def _rows(read: FolderReader, size: int, start: int) -> Iterator[Row]:
    for number in range(start // WIDTH, -(-size // WIDTH)):
        parts: dict[int, list[Part]] = {}
        for seq, part in parse_parts(read(parts_path(number))):
            parts.setdefault(seq, []).append(part)
        first = max(start, number * WIDTH)
        stop = min(size, (number + 1) * WIDTH)
        entries = islice(read_entries(read, size, first), stop - first)
        for seq, entry in enumerate(entries, first):
            yield Row(seq, entry, tuple(parts.get(seq, ())))


_OURS = {"tile", "parts", "ballots", "checkpoints", "checkpoint", "log.vkey", "VERIFY.txt"}
"""What an export has in its folder."""


def _check_replaceable(folder: Path, verifier: Verifier) -> None:
    if folder.is_symlink():
        raise Malformed(str(folder), "a folder, not a link to one", "name the folder itself")
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return
    try:
        open_checkpoint((folder / "checkpoint").read_bytes(), verifier)
    except Exception as error:
        raise Malformed(
            str(folder), "an empty folder, or an earlier export of this record", "name another"
        ) from error
    if foreign := _foreign(folder):
        raise Malformed(str(foreign[0]), "nothing in the folder but an export", "move it elsewhere")


def _write_archive(store: Store, folder: Path, division: Division, may_see: MaySee) -> None:
    """Write the archive of a division for whoever may see the act that declared it."""
    seq = division.archive_seq
    acts = [part for row in store.rows(seq, seq + 1) for part in row.parts if part.name == ACT_PART]
    pieces = store.paper(archive_name(division.id))
    first = next(pieces, b"")
    if not first or not any(map(may_see, acts)):
        return
    digest = hashlib.sha256(first)

    def hashed() -> Iterator[bytes]:
        for piece in pieces:
            digest.update(piece)
            yield piece

    _write(folder / archive_path(division.id), first, hashed())
    if digest.hexdigest() != division.archive:
        raise Unverified("archives", f"another archive of {division.id} than was declared", seq)


def _write(path: Path, content: bytes, more: Iterable[bytes] = ()) -> None:
    """Write a file that is not there yet, as readable as the folder of the export, to the disk."""
    top = next(each for each in path.parents if each.name.endswith(".new"))
    mode = top.stat().st_mode & 0o777
    for each in reversed(path.parent.relative_to(top).parents):
        (top / each).mkdir(mode=mode, exist_ok=True)
    path.parent.mkdir(mode=mode, exist_ok=True)
    # O_NOFOLLOW and O_EXCL: whoever can write beside the export puts nothing in the way of a file of ours.
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
    with os.fdopen(os.open(path, flags, mode & 0o666), "wb") as file:
        file.write(content)
        file.writelines(more)
        file.flush()
        os.fsync(file.fileno())


def _sync_folders(top: Path) -> None:
    for folder in (top, *(path for path in top.rglob("*") if path.is_dir())):
        _sync(folder)


def _sync(folder: Path) -> None:
    directory = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def _clear(path: Path) -> None:
    """Remove what an export that was cut off left behind; what is not ours, such as a link, stays."""
    if path.is_symlink() or (path.exists() and not path.is_dir()) or _foreign(path):
        raise Malformed(str(path), "nothing there, or what an export left behind", "remove it")
    if path.exists():
        shutil.rmtree(path)


def _foreign(folder: Path) -> list[Path]:
    """What is in a folder that no export has in it."""
    inside = folder.iterdir() if folder.is_dir() else ()
    return [path for path in inside if path.name not in _OURS or path.is_symlink()]


def _recover(folder: Path, old: Path, verifier: Verifier) -> None:
    """Put an export back that was set aside for one which never took its place, since the machine stopped between."""
    if old.is_dir() and not old.is_symlink() and not folder.exists():
        _check_replaceable(old, verifier)
        old.rename(folder)
        _sync(folder.parent)


def _swap(new: Path, folder: Path, old: Path) -> None:
    """Put a new export in the place of one that is there, of which no copy is left: it may hold what was erased since."""
    if folder.exists():
        folder.rename(old)
    try:
        new.rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise
    _sync(folder.parent)
    if old.exists():
        shutil.rmtree(old)
        _sync(folder.parent)
