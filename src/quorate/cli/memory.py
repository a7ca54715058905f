"""`quorate memory`: what the signer remembers, and what it goes by once it has lost that and somebody decided that it may."""

from pathlib import Path

import click

from quorate.canon.fault import Malformed
from quorate.cli.options import common, in_folder
from quorate.cli.output import print_json, say, say_raw
from quorate.cli.verify import read_text
from quorate.premises.bootstrap import remembered, renew_memory
from quorate.premises.folder import MEMORY
from quorate.reading.words.names import plural


@click.command()
@click.option("--new", is_flag=True, help="It is lost: have the signer go on from the record.")
@click.option(
    "--checkpoint",
    "kept",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="With --new: a checkpoint that somebody kept.",
)
@in_folder
@common
def memory(*, new: bool, kept: tuple[Path, ...], folder: Path, as_json: bool) -> None:
    """Show the last head that was signed, as signer.log has it; or make signer.log anew where it is lost.

    The signer remembers what it signed, so that a record which was cut is seen. Its memory is never made anew by itself:
    whoever has the newest checkpoint can say whether anything is missing. Look in exports, beside receipts and in
    minutes, and give what you find with --checkpoint. If the record does not extend one, nothing is made.

    Never do it in a copy while the original lives: whoever signs one record in two folders forks it. A copy can be read
    without log.key, by log.vkey.
    """
    if kept and not new:
        raise Malformed("--checkpoint", "--new beside it")
    shown: dict[str, object] = {"file": str(folder / MEMORY)}
    count = 0
    if new:
        head, count = renew_memory(folder, [read_text(each) for each in kept])
        shown |= {"checkpoints": count}
    else:
        head = remembered(folder)
    if as_json:
        print_json({"memory": shown | {"entries": head.size, "root": head.root.hex()}})
    elif new:
        extend = "which extends" if head.size == 1 else "which extend"
        say(
            f"The signer goes on from {plural(head.size, 'entry', 'entries')}, {extend} {plural(count, 'checkpoint')}."
        )
    else:
        say(f"The signer remembers {plural(head.size, 'entry', 'entries')}.")
    if not as_json:
        say_raw(f"root {head.root.hex()}")
