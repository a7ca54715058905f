"""The shelf of letters in the accounts' database, and Django's backends as the post."""

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from quorate.canon.fault import Malformed
from quorate.outbox.port import Lying, NotSent, Shelf
from quorate.web.config import CONFIG, read_config
from tests.outbox.shelf import NOON, ShelfContract, letter
from tests.repository.guide import File, read_page
from tests.web.django_here import django_here
from tests.web.smtp import Sink


class TestTableShelf(ShelfContract):
    @pytest.fixture
    def shelf(self) -> Iterator[Shelf]:
        django_here()
        from quorate.web.mail.models import QueuedLetter
        from quorate.web.mail.shelf import TableShelf

        QueuedLetter.objects.all().delete()
        yield TableShelf()
        QueuedLetter.objects.all().delete()


def test_text_of_a_letter_is_gone_from_the_file_once_it_is_sent() -> None:
    folder = django_here()
    from quorate.web.mail.shelf import TableShelf

    shelf = TableShelf()
    shelf.put([letter("somebody-unheard-of")], NOON)
    lying = shelf.take(NOON)
    assert lying is not None
    shelf.sent(lying.key, NOON)
    with sqlite3.connect(folder / "floor.sqlite") as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert b"for somebody-unheard-of" not in (folder / "floor.sqlite").read_bytes()


def lying(to: str) -> Lying:
    return Lying(1, letter(to), "<one@quorate>", 0)


def test_post_sends_over_one_connection_and_says_why_not_without_the_address() -> None:
    django_here()
    from quorate.web.mail.post import DjangoPost

    with Sink() as sink, sink.settings():
        post = DjangoPost("django.core.mail.backends.smtp.EmailBackend", "floor@example.org")
        post.send(lying("ada"))
        post.send(lying("bea"))
        assert sink.connections == 1
        assert [each["To"] for each in sink.letters] == ["ada@example.org", "bea@example.org"]
        assert sink.letters[0]["Message-ID"] == "<one@quorate>"
        with pytest.raises(NotSent) as gone:
            post.send(lying("nobody"))
        with pytest.raises(NotSent) as busy:
            post.send(lying("busy"))
        post.rest()
    assert (gone.value.for_good, busy.value.for_good) == (True, False)
    assert "550" in gone.value.why
    assert "@" not in gone.value.why + busy.value.why
    with sink.settings(), pytest.raises(NotSent, match="cannot be reached"):
        post.send(lying("ada"))


def written(folder: Path, text: str, mode: int = 0o600) -> Path:
    (folder / CONFIG).write_text(text)
    (folder / CONFIG).chmod(mode)
    return folder


def test_configuration_names_a_mail_server_and_where_else_people_sign_in(tmp_path: Path) -> None:
    assert read_config(tmp_path).mail is None
    config = read_config(
        written(
            tmp_path,
            '[mail]\nhost = "mail.example.org"\nfrom = "floor@example.org"\nuser = "floor"\npassword = "pa55"\n'
            '[[sign_in]]\nid = "union"\nname = "The union"\nserver = "https://id.example.org/realms/u"\nclient = "floor"\n',
        )
    )
    assert config.mail is not None
    assert (config.mail.host, config.mail.port, config.mail.security) == (
        "mail.example.org",
        587,
        "starttls",
    )
    assert config.sign_in[0].origin == "https://id.example.org"


def test_configuration_that_the_guide_shows_is_in_order(tmp_path: Path) -> None:
    [shown] = [each for each in read_page("letting-people-in.md") if isinstance(each, File)]
    config = read_config(written(tmp_path, shown.text))
    assert config.mail is not None
    assert [each.id for each in config.sign_in] == ["union"]


@pytest.mark.parametrize(
    ("text", "mode", "said"),
    [
        ('[mail]\nhost = "pa55"\nfrom = "a@b.org"\n', 0o644, "chmod 600"),
        ('[mail]\nhots = "pa55"\n', 0o600, "guide"),
        ('[mail]\nhost = "m"\nfrom = "pa55"\n', 0o600, "ada@example.org"),
        ("[mail]\nhost = pa55\n", 0o600, "guide"),
        (
            '[[sign_in]]\nid = "u"\nname = "U"\nserver = "http://pa55.org"\nclient = "c"\n',
            0o600,
            "https",
        ),
        (
            '[[sign_in]]\nid = "../u"\nname = "U"\nserver = "https://pa55.org"\nclient = "c"\n',
            0o600,
            "letters",
        ),
    ],
)
def test_configuration_that_is_not_in_order_is_refused_without_quoting_it(
    tmp_path: Path, text: str, mode: int, said: str
) -> None:
    with pytest.raises(Malformed) as caught:
        read_config(written(tmp_path, text, mode))
    assert re.search(said, f"{caught.value} {caught.value.hint}")
    assert "pa55" not in f"{caught.value} {caught.value.hint}"
