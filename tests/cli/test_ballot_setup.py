"""Preparing an election: questions, voters, trustees, and what is said of what is wrong with them."""

import json
import stat

import pytest

from tests.cli.election import CHAIR, VOTERS, Place, opened

NUMBERS = ("1", "2", " 2", "+2", "-1", "2.", "#2", "1/2", "²", "２", "Ⅱ", "٢", "१", "½")
"""Names that are numbers, or could be taken for one."""


@pytest.fixture
def place(tmp_path) -> Place:
    """Where nothing is prepared yet."""
    return Place(tmp_path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "a list of questions"),
        ("question: A\nanswers: [B]\n", "a list of questions"),
        ("- What?\n", ":1: expected `question:` and `answers:`"),
        ("- answers: [A, B]\n", ":1: expected `question:` with its words"),
        ("- question: Q\n  answers: A\n", ":1: expected `answers:` with a list"),
        ("- question: Q\n  answers: []\n", "`answers:` with a list"),
        ("- question: Q\n  answers: [A, A]\n", "each answer once"),
        ("- question: Q\n  answer: [A]\n", "did you mean answers?"),
        ("- question: Q\n  answers: [A, B]\n  max: 3\n", "min ≤ max"),
        ("- question: Q\n  answers: [A, B]\n  max: two\n", "`max:` a whole number"),
        ("- question: Q\n  answers: [A, B]\n  blank: maybe\n", "`blank:` yes or no"),
        ("- question: Q\n  answers: [A, B]\n  counting: {method: STV}\n", "beside `ranked: yes`"),
        ("- question: Q\n  answers: [A, B]\n  ranked: yes\n  max: 2\n", "no `min`, `max`"),
        ("- question: Q\n  answers: [A, B]\n  ranked: yes\n  counting: STV\n", "with a method"),
    ],
)
def test_a_question_that_cannot_be_asked_is_named_by_its_line(place, text, said):
    done = place.setup("--trustee", "Ada", questions=text)
    assert done.code == 2
    assert said in " ".join(done.err.split())
    assert not place.folder.exists()


def test_questions_are_written_as_the_protocol_has_them(place):
    text = CHAIR + (
        "- question: 2026\n  answers: [yes, 1]\n  min: 0\n  max: 2\n"
        "- question: Rank\n  answers: [A, B]\n  ranked: yes\n"
        "  counting: {method: STV, seats: 2, blank: no, grades: [good, bad]}\n"
    )
    assert place.setup("--trustee", "Ada", questions=text).code == 0
    asked = json.loads((place.folder / "draft.json").read_text())["questions"]
    assert asked[:2] == [
        {
            "answers": ["Ann", "Bob", "Cem"],
            "min": 1,
            "max": 1,
            "question": "Who shall chair the co-operative?",
        },
        {
            "answers": ["Yes", "No"],
            "blank": True,
            "min": 1,
            "max": 1,
            "question": "Adopt the budget?",
        },
    ]
    assert asked[2] == {"answers": ["yes", "1"], "min": 0, "max": 2, "question": "2026"}
    assert asked[3]["extra"] == {
        "method": "STV",
        "seats": 2,
        "blank": False,
        "grades": ["good", "bad"],
    }


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ((), "missing option '--trustee'"),
        (("--trustee", "Ada", "--trustee", "Ada"), "names, each once"),
        (("--trustee", " "), "names, each once"),
        *((("--trustee", "Ada", "--trustee", n), "names with a letter") for n in NUMBERS),
        (
            ("--trustee", "Ada", "--threshold", "2"),
            "threshold: expected 1 to the number of trustees, 1",
        ),
        (
            ("--trustee", "Ada", "--threshold", "0"),
            "threshold: expected 1 to the number of trustees, 1",
        ),
        (("--trustee", "Ada", "--group", "P-256"), "is not one of"),
    ],
)
def test_trustees_that_cannot_be_are_refused(place, more, said):
    done = place.setup(*more)
    assert (done.code, said in done.err) == (2, True), done
    assert not place.folder.exists()


def test_a_single_trustee_is_warned_of_and_an_election_is_prepared_once(place):
    assert "One trustee alone" in " ".join(place.setup("--trustee", "Ada").err.split())
    draft = (place.folder / "draft.json").read_bytes()
    again = place.setup("--trustee", "Ada")
    assert (again.code, "a folder without an election" in again.err) == (2, True)
    assert (place.folder / "draft.json").read_bytes() == draft


def test_a_ranked_question_with_more_answers_than_the_group_carries_is_refused(place):
    text = f"- question: Q\n  answers: [{', '.join(map(str, range(31)))}]\n  ranked: yes\n"
    assert "at most 30 answers in Ed25519" in place.setup("--trustee", "Ada", questions=text).err
    few = "- question: Q\n  answers: [A, B]\n  ranked: yes\n"
    done = place.setup("--trustee", "Ada", "--group", "BELENIOS-2048", questions=few)
    assert (done.code, "RFC-3526-2048" in done.err) == (2, True)


@pytest.mark.parametrize(
    ("table", "more", "said"),
    [
        ("", (), ":1: expected the names of the columns"),
        ("name\n", (), "expected at least one voter"),
        (
            "name\nAnna\nBela\nAnna\n",
            (),
            ":4: expected everybody once; this voter is in line 2 already",
        ),
        ("name,name\nAnna,B\n", (), ":1: expected the names of the columns, each once"),
        ("name,credential\nAnna,B\n", (), "no column 'credential'"),
        ("name,shares\n,1\n", (), ":2: expected somebody in the column 'name'"),
        ("name,shares\nAnna,1,2\n", (), ":2: expected not more cells"),
        ("name,shares\nAnna,0\n", ("--weights", "shares"), ":2: expected a whole number from 1"),
        ("name,shares\nAnna,1.5\n", ("--weights", "shares"), ":2: expected a whole number from 1"),
        (
            "name,shares\nA,1099511627777\n",
            ("--weights", "shares"),
            ":2: expected a weight that can",
        ),
        (f"name,shares\nA,{10**400}\n", ("--weights", "shares"), "in all, not 1000000000"),
        (
            "name,shares\nA,1\nB,1099511627776\n",
            ("--weights", "shares"),
            "of 1099511627776 at most in all, not 1099511627777",
        ),
        ("name,shares\nAnna,1\n", ("--weights", "share"), "did you mean shares?"),
        ("name,shares\nAnna,1\n", ("--voter", "who"), "the columns are name, shares"),
        ('name\n"Anna\n', (), "a table in CSV"),
    ],
)
def test_a_table_of_voters_that_is_not_in_order_is_named_by_its_line(place, table, more, said):
    place.setup("--trustee", "Ada")
    done = place.issue(*more, voters=table)
    assert (done.code, said in done.err) == (2, True), done
    assert not (place.root / "letters.csv").exists()
    assert not (place.folder / "credentials.json").exists()


def test_letters_have_all_that_the_table_had_and_a_credential_that_is_secret(place):
    place.setup("--trustee", "Ada")
    said = place.issue("--weights", "shares")
    assert "4 credentials that weigh 9 together are made" in " ".join(said.out.split())
    assert "2 voters have a weight that nobody else has" in said.err
    letters = place.root / "letters.csv"
    assert stat.S_IMODE(letters.stat().st_mode) == 0o600
    lines = letters.read_text().splitlines()
    assert lines[0] == "name,shares,street,credential"
    assert [line.rpartition(",")[0].replace(",", ";") for line in lines] == VOTERS.splitlines()


@pytest.mark.parametrize("inside", ["letters.csv", "trustees/letters.csv", "../E/l.csv", "new/l"])
def test_letters_are_not_written_into_the_folder_which_may_be_public(place, inside):
    place.setup("--trustee", "Ada")
    (place.root / "link").symlink_to(place.folder)
    table = place.file("voters.csv", VOTERS)
    before = sorted(place.root.rglob("*"))
    for out in (place.folder / inside, place.root / "link" / inside):
        said = place.run("credentials", table, "--out", out)
        assert (said.code, "letters outside the election's folder" in said.err) == (2, True), said
    assert sorted(place.root.rglob("*")) == before


def test_a_name_with_a_number_in_it_is_a_name(place):
    assert place.setup("--trustee", "Ada 2", "--trustee", "2nd", "--trustee", "Ελένη").code == 0


def test_weights_that_several_have_are_no_reason_to_warn(place):
    place.setup("--trustee", "Ada")
    voters = "name,shares\nAnna,1\nBela,1\nCem,2\nDora,2\n"
    assert place.issue("--weights", "shares", voters=voters).err == ""


def test_the_public_list_does_not_follow_the_table(tmp_path):
    voters = "name,weight\n" + "".join(f"v{i},{i}\n" for i in range(2, 30))
    orders = set()
    for i in range(3):
        place = Place(tmp_path / str(i))
        place.root.mkdir()
        place.setup("--trustee", "Ada")
        place.issue("--weights", "weight", voters=voters)
        entries = json.loads((place.folder / "credentials.json").read_text())
        orders.add(tuple(entry.partition(",")[2] for entry in entries))
        assert entries == sorted(entries, key=lambda each: bytes.fromhex(each[:64])[::-1])
        assert len(entries) == 28
    assert len(orders) == 3


def test_credentials_are_made_once_and_no_file_is_overwritten(place):
    place.setup("--trustee", "Ada")
    place.file("letters.csv", "mine")
    assert place.issue().code == 2
    assert (place.root / "letters.csv").read_text() == "mine"
    (place.root / "letters.csv").unlink()
    assert place.issue().code == 0
    (place.root / "letters.csv").rename(place.root / "sent.csv")
    again = place.issue()
    assert (again.code, "those made before are void then" in again.err) == (2, True)


def test_the_box_is_opened_when_all_is_there_and_once(place):
    assert place.run("open").code == 2
    place.setup("--trustee", "Ada", "--trustee", "Bo")
    assert "the keys of Ada, Bo are not there yet" in place.run("open").err
    for name in ("Ada", "Bo"):
        place.trustee(name)
    said = place.run("open")
    assert (said.code, "there are no credentials yet" in said.err) == (3, True)
    assert place.run("vote").code == 3
    place.issue()
    view = place.done("open", "--json").json()["election"]
    assert (view["state"], view["credentials"], view["needed"]) == ("open", 4, 2)
    archive = place.archive.read_bytes()
    assert place.run("open").code == 3
    assert place.issue().code == 3
    assert place.trustee("Ada").code == 3
    assert place.archive.read_bytes() == archive


def test_weights_and_rankings_do_not_go_together(place):
    asked = "- question: Q\n  answers: [A, B]\n  ranked: yes\n"
    place.setup("--trustee", "Ada", questions=asked)
    place.issue("--weights", "shares")
    place.trustee("Ada")
    said = place.run("open")
    assert (said.code, "no weight other than 1" in said.err) == (1, True)
    assert not list(place.folder.glob("*.bel*"))


def test_a_list_changed_to_weigh_more_than_can_be_counted_is_not_opened(place):
    place.setup("--trustee", "Ada")
    place.issue()
    place.trustee("Ada")
    listed = place.folder / "credentials.json"
    keys = json.loads(listed.read_text())
    heavy = [f"{keys[0]},{2**252 + 27742317777372353535851937790883648493}", *keys[1:]]
    listed.write_text(json.dumps(heavy, separators=(",", ":")))
    said = place.run("open")
    assert (said.code, "expected a weight that can be counted" in said.err) == (2, True), said
    assert not list(place.folder.glob("*.bel*"))


def test_whatever_is_shown_says_what_comes_next_and_for_whom_it_waits(place):
    view = place.setup("--trustee", "Ada", "--trustee", "Bo", "--json").json()["election"]
    assert view["waiting_for"] == ["Ada", "Bo"]
    assert [each["command"].split()[2] for each in view["next"]] == ["trustee", "credentials"]
    place.trustee("Ada")
    said = place.done("status")
    assert "Waiting for Bo." in said.out
    assert "quorate ballot credentials VOTERS.csv" in said.out
    place.issue()
    place.trustee("Bo")
    (step,) = place.done("status", "--json").json()["election"]["next"]
    assert step["command"] == f"quorate ballot open --dir {place.folder}"


def test_what_is_to_be_typed_next_is_quoted(tmp_path):
    place = Place(tmp_path / "the chair")
    place.root.mkdir()
    (_, step) = json.loads(place.setup("--trustee", "Ada", "--json").out)["election"]["next"]
    assert step["command"].endswith(f"--dir '{place.folder}'")


def test_a_folder_with_nothing_but_an_archive_will_do(tmp_path):
    place = opened(tmp_path, "Ada")
    for path in place.folder.glob("*.json"):
        path.unlink()
    assert place.vote("Anna", "[Ann, Yes]").code == 0
    assert place.done("status", "--json").json()["election"]["voters"] == 1
    place.archive.rename(place.folder / "a.bel")
    (place.folder / "b.bel").write_bytes(b"")
    assert place.run("status").code == 2
