"""What was cast in one vote, and whether it adds up."""

import msgspec

from quorate.canon.fault import Malformed


class Tally(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The figures of one vote, all in heads or all in weight.

    `entitled` is the electoral register at the opening. `present` and `seats` may stay unknown (None) as long as no
    rule asks for them. Votes above the register are not malformed: `reconcile` shows them, and a person explains them.

    Raises:
        Malformed: a number is negative, or more are present than entitled, or entitled than there are seats.
    """

    for_: int = msgspec.field(name="for")
    against: int
    abstain: int = 0
    spoiled: int = 0
    not_voted: int = 0
    entitled: int
    present: int | None = None
    seats: int | None = None
    objections: int = 0
    stand_asides: int = 0

    def __post_init__(self) -> None:
        for name in self.__struct_fields__:
            if (getattr(self, name) or 0) < 0:
                raise Malformed(name.rstrip("_"), "a number of 0 or more")
        if self.present is not None and self.present > self.entitled:
            raise Malformed("present", f"at most the {self.entitled} entitled")
        if self.seats is not None and self.entitled > self.seats:
            raise Malformed("entitled", f"at most the {self.seats} seats")
        if self.objections + self.stand_asides > self.entitled:
            raise Malformed(
                "objections", f"with stand_asides, at most the {self.entitled} entitled"
            )

    @property
    def cast(self) -> int:
        """Everything handed in: for, against, abstaining and spoiled."""
        return self.for_ + self.against + self.abstain + self.spoiled


def reconcile(tally: Tally) -> int:
    """The votes unaccounted for: entitled less all that were cast and all known not to have voted.

    0 is the only good answer. Above 0, somebody's vote is missing; below 0, more votes were found than voters.
    """
    return tally.entitled - tally.cast - tally.not_voted
