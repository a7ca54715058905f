"""Two processes serve one organisation: what is done at one is seen at the other, and nobody sees less than they had."""

import secrets
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from quorate.cli import main
from tests.postgresql import cluster
from tests.web.conftest import Browser, Floor, run_floor
from tests.web.streams import REGIONS, Screen, act, open_stream


@pytest.fixture(
    scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]
)
def floors(request, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Floor, Floor]]:
    if request.param == "sqlite":
        yield from _served(tmp_path_factory.mktemp("two") / "house", "record.sqlite")
    else:
        with cluster() as dsn:
            yield from _served(tmp_path_factory.mktemp("two") / "house", dsn)


def _served(folder: Path, store: str) -> Iterator[tuple[Floor, Floor]]:
    now = datetime.now(UTC) - timedelta(minutes=1)
    text = (Path(__file__).parent / "meeting.yaml").read_text(encoding="utf-8")
    acts = folder.with_name("acts.yaml")
    acts.write_text(
        text.replace("NOW", f"{now:%Y-%m-%d %H:%M}").replace("TODAY", f"{now:%Y-%m-%d}")
    )
    runner = CliRunner(env={"QUORATE_DIR": str(folder)})
    clerk = ["--clerk", "Ada Lint", "--handle", "ada", "--origin", "example.org/lindenhof"]
    for args in (["init", "--name", "Lindenhof", *clerk, "--store", store], ["act", str(acts)]):
        result = runner.invoke(main, args, catch_exceptions=False)
        assert result.exit_code == 0, result.output
    with closing(run_floor(folder)) as one, closing(run_floor(folder)) as other:
        yield next(one), next(other)


def at(floor: Floor, browser: Browser) -> Browser:
    """The same browser at another process."""
    return replace(browser, port=floor.port)


def begun(browser: Browser, last: int = -1) -> Screen:
    screen = open_stream(browser, last=last)
    screen.until(event="you")
    return screen


def token() -> str:
    return secrets.token_urlsafe(12)


def test_vote_at_one_is_shown_at_the_other_and_to_its_voter_there(
    floors: tuple[Floor, Floor],
) -> None:
    here, there = floors
    dora = here.signed_in("dora")
    elsewhere, watching = begun(at(there, dora)), begun(there.signed_in("olaf"))
    vote = {"token": token(), "division": "d-fund", "choice": "for"}
    assert act(dora, "cast-vote", **vote).status == 200
    watching.until('"for",1', event="tally")
    elsewhere.until("Your vote is on the record: <b>for</b>", event="you")
    again = act(at(there, dora), "cast-vote", **vote)
    assert (again.status, '"again": true' in again.text) == (200, True)


def test_who_comes_from_one_to_the_other_has_nothing_taken_back(
    floors: tuple[Floor, Floor],
) -> None:
    here, there = floors
    bea, flo = here.signed_in("bea"), here.signed_in("flo")
    for n in range(5):
        done = act(bea, "place-item", token=token(), meeting="agm", title=f"Heading {n} of five")
        assert done.status == 200
        page = flo.get("/m/agm/").text
        last = int(page.split('data-seen="')[1].split('"')[0])
        screen = begun(at(there, flo), last=last)
        sent = screen.regions.get("agenda", page)  # what it shows then
        assert all(f"Heading {each} of five" in sent for each in range(n + 1))
        assert screen.last in (-1, *range(last, last + 2))


def test_who_departs_by_one_is_cut_off_at_the_other(floors: tuple[Floor, Floor]) -> None:
    here, there = floors
    gus = begun(there.signed_in("gus"))
    ada = here.signed_in("ada")
    assert act(ada, "record-departure", token=token(), member="@gus").status == 200
    gus.until_end()


def test_both_show_the_same_in_the_end(floors: tuple[Floor, Floor]) -> None:
    here, there = floors
    flo, bea = here.signed_in("flo"), here.signed_in("bea")
    one, other = begun(flo), begun(at(there, flo))
    done = act(bea, "close-division", token=token(), division="d-fund")
    assert done.status == 200
    one.until("d-fund:closed", event="panel")
    other.until("d-fund:closed", event="panel")
    assert {each: one.regions[each] for each in REGIONS} == {
        each: other.regions[each] for each in REGIONS
    }
