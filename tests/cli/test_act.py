"""`quorate act`."""

from quorate.assembly.state import State
from tests.cli.terminal import AT, BOARD, quorate


def entries(folder) -> int:
    """The size of a record."""
    return quorate("receipt", 0, "--out", folder / "r.proof", "--dir", folder, "--json").json()[
        "receipt"
    ]["size"]


def test_a_script_is_carried_out_and_each_act_gets_its_entries(young):
    said = quorate("act", BOARD, "--dir", young, "--json").json()
    assert said["recorded"] is True
    assert said["entries"] == entries(young)
    declared = next(each for each in said["acts"] if each["act"] == "declare-result")
    assert declared["events"][:3] == ["result.declared", "motion.decided", "decision.taken"]
    first = [each["first_entry"] for each in said["acts"]]
    assert first == sorted(first)


def test_a_dry_run_records_nothing(young):
    said = quorate("act", BOARD, "--dir", young, "--dry-run")
    assert "nothing was recorded" in said.out
    assert entries(young) == 1
    shown = quorate("act", BOARD, "--dir", young, "--dry-run", "--json").json()
    assert shown["recorded"] is False


def test_a_script_with_one_refusal_records_nothing_and_names_the_line(young, tmp_path):
    script = tmp_path / "s.yaml"
    script.write_text(
        "by: ada\nat: 2026-11-24 09:00\nacts:\n"
        "  - {do: establish-body, body: board, name: The Board}\n"
        "  - {do: establish-body, body: board, name: Again}\n"
    )
    said = quorate("act", script, "--dir", young)
    assert said.code == 3
    assert said.err.startswith(f"refused: {script}:5: body board exists already")
    assert entries(young) == 1


def test_a_refusal_as_json_has_code_facts_and_clause(coop):
    said = quorate(
        *("act", "seat-member", "--dir", coop, "--by", "dov", "--at", AT, "--json"),
        *("--set", "body=board", "--set", "member=@bea"),
    )
    assert said.code == 3
    error = said.json()["error"]
    assert (error["family"], error["code"]) == ("refused", "not-entitled")
    assert error["facts"]["needs"] == ["clerk", "chair", "secretary"]
    assert error["message"].startswith("Dov may not seat a member")
    assert error["facts"]["person"].startswith("p-")


def test_an_act_by_its_name_takes_fields(coop):
    said = quorate(
        *("act", "establish-body", "--dir", coop, "--at", AT, "--json"),
        *("--set", "name=Gardeners", "--set", "seats=3", "--set", "outside=no"),
    )
    assert said.code == 0
    shown = quorate("show", "body", "--dir", coop, "--json").json()["bodies"]
    assert [(each["name"], each["seats"]) for each in shown] == [("The Board", 5), ("Gardeners", 3)]


def test_an_act_by_its_name_says_the_id_that_was_made_for_what_it_opens(coop):
    """Else the next act could not name it."""
    call = ("act", "announce-event", "--dir", coop, "--at", AT, "--set", "bodies=[board]")
    said = quorate(*call, "--set", "title=Garden day", "--json").json()
    opened = said["acts"][0]["opened"]
    shown = quorate("show", "calendar", "--dir", coop, "--json").json()["calendar"]
    assert opened in {each["id"] for each in shown if each["title"] == "Garden day"}
    printed = quorate(*call, "--set", "title=Walk", "--set", "event=walk").out
    assert [line.split()[2] for line in printed.splitlines()[:2]] == ["id", "walk"]


def test_a_script_may_come_from_standard_input(young):
    text = "- {do: establish-body, body: b, name: B, at: 2026-11-24 09:00, by: ada}"
    assert quorate("act", "-", "--dir", young, stdin=text).code == 0


def test_usage_and_bad_input_are_answered_with_code_two(coop, tmp_path):
    for args, said in (
        (("act",), "missing argument"),
        (("act", "mve-motion"), "did you mean move-motion"),
        (("act", "adjourn", "--set", "meeting"), "FIELD=VALUE"),
        (("act", "adjourn", "--set", "meeting=["), "meeting"),
        (("act", "adjourn", "--by", "nobody", "--set", "meeting=m"), "@nobody"),
        (("act", "adjourn", "adjourn"), "one act at a time"),
        (("act", BOARD, "--set", "x=y"), "no fields beside files"),
        (("act", tmp_path), ".yaml"),
        (("nonsense",), "no such command"),
        (("show", "nonsense"), "not one of"),
    ):
        answer = quorate(*args, *(("--dir", coop) if args[0] != "nonsense" else ()))
        assert answer.code == 2, args
        assert said in answer.err, answer.err


def test_an_error_as_json_is_one_object_on_standard_output(coop):
    for args in (("act", "mve-motion", "--dir", coop), ("show",), ("nonsense",)):
        said = quorate(*args, "--json")
        assert said.code == 2
        assert said.json()["error"].keys() == {
            *("family", "code", "message", "facts", "clause", "hint")
        }


def test_a_name_cannot_obey_the_terminal_or_be_read_as_markup(young):
    evil = "[bold]Eve\u202e"
    admit = ("act", "admit-member", "--dir", young, "--at", AT, "--set")
    obeyed = quorate(*admit, 'person={name: "\\e[2J[bold]Eve", handle: eve}')
    assert (obeyed.code, obeyed.out) == (2, "")
    assert "\x1b" not in obeyed.err
    assert quorate(*admit, 'person={name: "[bold]Eve\\u202e", handle: eve}').code == 0
    shown = quorate("show", "member", "--dir", young)
    assert "\u202e" not in shown.out
    assert "[bold]Eve�" in shown.out
    held = quorate("show", "member", "eve", "--dir", young, "--json").json()
    assert held["member"]["name"] == evil


def test_acts_and_their_fields_are_listed():
    listed = {each["act"] for each in quorate("acts", "--json").json()["acts"]}
    assert {"move-motion", "cast-vote"} <= listed
    for name in listed:
        fields = quorate("acts", name, "--json").json()["act"]["fields"]
        assert all(each["type"] for each in fields), name
    assert "starts_at" in quorate("acts", "convene-meeting").out
    assert quorate("acts", "convene").code == 2


def test_presets_are_listed_clause_by_clause():
    for name in quorate("presets", "--json").json()["presets"]:
        assert quorate("presets", name, "--json").json()["preset"]["quorum"]["clause"]
        assert name in quorate("presets").out
        assert "quorum" in quorate("presets", name).out
    assert quorate("presets", "nonsense").code == 2


def test_the_completion_script_of_each_shell_names_the_program():
    for shell in ("bash", "zsh", "fish"):
        assert "_QUORATE_COMPLETE" in quorate("completion", shell).out
    assert quorate("completion", "csh").code == 2


TOKEN = "q8Zr1mVt0LxYc7Bd"


def test_act_that_is_tried_again_under_its_token_is_done_once(coop):
    def try_it() -> dict:
        return quorate(
            *("act", "establish-body", "--dir", coop, "--at", AT, "--json"),
            *("--set", "name=Gardeners", "--token", TOKEN),
        ).json()

    first, again = try_it(), try_it()
    assert [first["acts"][0].pop("again"), again["acts"][0].pop("again")] == [False, True]
    assert again == first
    assert first["acts"][0]["opened"].startswith("body-")
    other = quorate(
        *("act", "establish-body", "--dir", coop, "--at", AT),
        *("--set", "name=Others", "--token", TOKEN),
    )
    assert other.code == 3
    assert f"entry {first['acts'][0]['first_entry']}" in other.err


def test_script_that_is_tried_again_under_its_token_is_done_once(young):
    first = quorate("act", BOARD, "--dir", young, "--token", TOKEN, "--json").json()
    again = quorate("act", BOARD, "--dir", young, "--token", TOKEN, "--json").json()
    assert all(each.pop("again") for each in again["acts"])
    assert not any(each.pop("again") for each in first["acts"])
    assert again == first
    shown = quorate("act", BOARD, "--dir", young, "--token", TOKEN)
    assert "(done before)" in shown.out
    assert quorate("act", BOARD, "--dir", young).code == 3
    assert entries(young) == first["entries"]


def test_token_that_could_be_guessed_is_malformed(coop):
    said = quorate(
        "act", "establish-body", "--dir", coop, "--set", "name=G", "--token", "1", "--at", AT
    )
    assert said.code == 2
    assert "drawn at random" in said.err


def test_id_that_somebody_gives_is_part_of_what_was_asked(coop):
    def try_it(body: str):
        act = ("act", "establish-body", "--dir", coop, "--at", AT, "--token", TOKEN)
        return quorate(*act, "--set", f"body={body}", "--set", "name=Gardeners")

    assert try_it("garden").code == 0
    assert try_it("garden").code == 0
    assert try_it("gardens").code == 3


def test_token_above_the_acts_of_a_file_is_for_all_and_none_has_that_of_another(coop, tmp_path):
    script = tmp_path / "s.yaml"
    acts = "".join(f"  - {{do: establish-body, name: Body {n}}}\n" for n in range(3))
    script.write_text(f"by: ada\nat: {AT}\ntoken: {TOKEN}\nacts:\n{acts}")
    assert quorate("act", script, "--dir", coop).code == 0
    size = entries(coop)
    assert quorate("act", script, "--dir", coop).code == 0
    assert entries(coop) == size
    same = f"  - {{do: establish-body, name: Body, token: {TOKEN}}}\n"
    script.write_text(f"by: ada\nat: {AT}\nacts:\n{same}{same}")
    said = quorate("act", script, "--dir", coop)
    assert said.code == 2
    assert "a token of its own" in said.err


def test_script_with_a_refusal_that_it_expects_is_tried_again_like_any_other(coop, tmp_path):
    script = tmp_path / "s.yaml"
    script.write_text(
        f"by: ada\nat: {AT}\nacts:\n"
        "  - {do: seat-member, body: hut, member: @bea, expect: unknown}\n"
        "  - {do: establish-body, body: hut, name: The hut}\n"
    )
    first = quorate("act", script, "--dir", coop, "--token", TOKEN)
    assert first.code == 0
    again = quorate("act", script, "--dir", coop, "--token", TOKEN)
    assert again.code == 0, again.err
    assert "(done before)" in again.out
    assert quorate("act", script, "--dir", coop).code == 2


def test_meeting_in_confidence_is_convened_once_under_its_token(coop):
    act = ("act", "convene-meeting", "--dir", coop, "--at", AT, "--token", TOKEN, "--json")
    fields = ("title=In private", "body=board", "starts_at=2027-02-01 19:00", "in_confidence=yes")
    tries = [
        quorate(*act, *(word for each in fields for word in ("--set", each))) for _ in range(2)
    ]
    assert [each.code for each in tries] == [0, 0], tries
    assert tries[0].json()["acts"][0]["opened"] == tries[1].json()["acts"][0]["opened"]


def test_argument_that_is_no_text_is_usage(coop):
    said = quorate("act", "establish-body", "--dir", coop, "--set", "name=a\udcff")
    assert (said.code, "in UTF-8" in said.err) == (2, True)


def test_act_with_more_words_than_an_export_could_be_read_with_is_malformed(coop):
    words = "x" * 2**20
    said = quorate("act", "establish-body", "--dir", coop, "--at", AT, "--set", f"name={words}")
    assert said.code == 2
    assert "at most 1048576 bytes" in said.err


def test_act_that_comes_alone_needs_no_copy_of_the_state(coop, monkeypatch):
    def copy(_: State) -> State:
        raise AssertionError("the state was copied")

    monkeypatch.setattr(State, "copy", copy)
    body = ("--set", "body=garden", "--set", "name=Garden", "--at", AT, "--dir", coop)
    assert quorate("act", "establish-body", *body, "--dry-run").code == 0
    assert quorate("act", "establish-body", *body).code == 0
    said = quorate("act", "establish-body", *body)
    assert (said.code, "garden" in said.err) == (3, True)
