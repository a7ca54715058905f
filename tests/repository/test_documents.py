"""What has a public name is on a page, and what a page names is there."""

import ast
import collections
import re
import tomllib
from typing import get_args

import pytest

from quorate.assembly.model.division import Method
from quorate.assembly.model.item import ItemKind
from quorate.cli.program import main
from quorate.cli.show import KINDS
from tests.cli.terminal import quorate
from tests.repository.tree import ROOT, files, parsed, python
from tools.plain_type import anchor

ADR = ROOT / "docs/adr"
GLOSSARY = (ROOT / "docs/reference/glossary.md").read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
SEVERAL = {"moves": "effect", "dispositions": "disposition", "clashes": "clash", "calendar": "day"}
"""Kinds that `quorate show` has in the plural, by the word of the glossary."""
_link = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_listed = re.compile(r"([a-z_]+\.py, )*[a-z_]+\.py(?=  )")
"""What a line of a list of modules is about."""
_fence = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


def headwords() -> list[str]:
    """The words of the glossary; one in brackets tells two meanings apart."""
    lines = re.findall(r"^- (\*\*.*?): ", GLOSSARY, re.MULTILINE)
    return [word for line in lines for word in re.findall(r"\*\*(.+?)\*\*(?: \([^)]*\))?", line)]


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_has_help_and_is_in_the_readme(name):
    said = quorate(name, "--help")
    assert (said.code, said.err) == (0, "")
    assert re.match(rf"Usage: \S+ {name} ", said.out)
    assert f"`quorate {name}`" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_readme_names_no_command_that_is_not_there():
    said = (ROOT / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"(?:`|/)quorate ([a-z]+)", said)) <= set(main.commands)


def test_the_changelog_has_this_version():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    said = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^## {re.escape(project['version'])}\b", said, re.MULTILINE)


def test_every_decision_about_the_design_is_in_the_index_under_its_title():
    index = (ADR / "README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^(\d+)\. \[(.+)\]\((\d{4}-.+\.md)\)$", index, re.MULTILINE)
    pages = sorted(path.name for path in ADR.glob("[0-9]*.md"))
    assert [name for _, _, name in listed] == pages
    assert [int(number) for number, _, _ in listed] == list(range(1, len(pages) + 1))
    for number, title, name in listed:
        first = (ADR / name).read_text(encoding="utf-8").partition("\n")[0]
        assert name.startswith(f"{int(number):04}-")
        assert first == f"# {number}. {title}"


def test_every_link_between_pages_leads_somewhere():
    texts = {path: path.read_text(encoding="utf-8") for path in files(".md")}
    known = {path: anchors(text) for path, text in texts.items()}
    broken = []
    for path, text in texts.items():
        for target in _link.findall(_fence.sub("", text)):
            if "://" in target or target.startswith("mailto:"):
                continue
            name, _, fragment = target.partition("#")
            page = (path.parent / name).resolve() if name else path
            if not page.exists() or (fragment and fragment not in known[page]):
                broken.append(f"{path.relative_to(ROOT)}: {target}")
    assert not broken


def anchors(text: str) -> set[str]:
    """The fragments that the headings of a page can be linked by."""
    headings = re.findall(r"^#+ (.+)$", _fence.sub("", text), re.MULTILINE)
    return {anchor(each) for each in headings}


def test_every_module_that_the_page_on_architecture_names_is_there():
    named = re.findall(r"`([a-z]+(?:/[a-z_]+)+\.py)`", ARCHITECTURE)
    assert len(named) > 5
    assert [name for name in named if not (ROOT / "src/quorate" / name).exists()] == []


def rows_of(heading: str) -> list[list[str]]:
    """The cells of the table below a heading of the page on architecture, without its head."""
    section = ARCHITECTURE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def test_every_package_is_on_the_page_on_architecture():
    packages = {path.parent.name for path in (ROOT / "src/quorate").glob("*/__init__.py")}
    assert {cells[0].strip("`") for cells in rows_of("The house")} == packages


def test_every_module_of_the_assembly_is_in_its_room_on_the_page_on_architecture():
    assembly = ROOT / "src/quorate/assembly"
    listed = [
        f"{room.strip('`') if room.endswith('/`') else ''}{module}.py"
        for room, modules in rows_of("The rooms of the assembly")
        for module in re.findall(r"`([a-z_]+)`", modules)
    ]
    there = [path.relative_to(assembly) for path in assembly.rglob("*.py")]
    assert sorted(listed) == sorted(str(path) for path in there if path.name != "__init__.py")


def drawn(heading: str, row: str) -> list[set[str]]:
    """The floors in the drawing below a heading of the page on architecture: the names on each, from the top down."""
    section = ARCHITECTURE.partition(f"\n## {heading}\n")[2]
    lines = _fence.findall(section)[0].splitlines()[1:-1]
    floors = [re.match(row, line) for line in lines]
    return [set(re.findall("[a-z]+", floor[0])) for floor in floors if floor]


def layers(container: str) -> list[set[str]]:
    """The floors of a package as import-linter holds them apart."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    [own] = [each["layers"] for each in contracts if each.get("containers") == [container]]
    return [set(layer.split(" | ")) for layer in own]


def test_floors_are_drawn_as_import_linter_holds_them_apart():
    assert drawn("The house", "│[a-z │]+│") == layers("quorate")
    assert drawn("The rooms of the assembly", "[a-z |]+$") == layers("quorate.assembly")


@pytest.mark.parametrize("page", ["docs/architecture.md", "CONTRIBUTING.md"])
def test_every_name_of_the_code_on_a_page_about_it_is_in_the_code(page):
    text = _fence.sub("", (ROOT / page).read_text(encoding="utf-8"))
    named = re.findall(r"`((?:[A-Za-z_]\w*\.)*[A-Za-z_]\w*)`", text)
    code = python("src", "tests")
    said = "".join(path.read_text(encoding="utf-8") for path in code)
    there = {*re.findall(r"\w+", said), *(path.stem for path in code)}
    assert len(named) > 20
    assert [
        name for name in named if name.split(".")[-1] not in there and not (ROOT / name).exists()
    ] == []


def test_every_module_that_a_package_lists_is_there():
    listed = [
        path.parent / module
        for path in (ROOT / "src/quorate").rglob("__init__.py")
        for line in (ast.get_docstring(parsed(path)) or "").splitlines()
        if (names := _listed.match(line.strip()))
        for module in names[0].split(", ")
    ]
    assert len(listed) > 50
    assert [module for module in listed if not module.exists()] == []


def test_every_word_is_in_the_glossary_once():
    lines = re.findall(r"^- (\*\*.*?): ", GLOSSARY, re.MULTILINE)
    assert len(lines) == len(set(lines)) > 100


def test_everything_that_can_be_open_business_is_in_the_glossary():
    words = set(headwords())
    for kind in get_args(ItemKind):
        assert kind.replace("-", " ") in words, kind


def test_everything_that_can_be_shown_is_in_the_glossary():
    words = set(headwords())
    for kind in KINDS:
        assert SEVERAL.get(kind, kind) in words, kind
    assert {"roll call", "count", "circular vote"} <= words
    assert {"roll-call", "counted", "circular"} < set(get_args(Method))


def test_no_word_of_the_glossary_is_used_nowhere():
    said = "".join(path.read_text(encoding="utf-8") for path in files(".py", ".yaml", under="src"))
    said = " ".join(said.lower().replace("-", " ").replace("_", " ").split())
    for word in headwords():
        plain = word.partition(" (")[0]
        stem = plain[:-1] if plain[-1] in "ye" else plain
        assert stem in said, word


OWNERS = ("canon", "record", "counting", "ballots", "assembly", "audit", "desk", "premises")
"""Where what the glossary names is defined. What reads, writes or prints it has names of its own."""
OF_READING = {"reader", "figures"}
"""Headwords for what people see, which has its home where they see it."""
ALIKE = {"check": "a numbered step of an auditor, of a record's and of an election's"}
"""Headwords that two classes bear because they mean the same by them."""


def test_no_class_bears_a_headword_of_another_meaning():
    words = set(headwords())
    bearers = collections.defaultdict(list)
    for path in (ROOT / "src/quorate").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                word = " ".join(re.findall(r"[A-Z][a-z0-9]*", node.name)).lower()
                bearers[word].append(path.relative_to(ROOT / "src/quorate"))
    borne = {word: paths for word, paths in bearers.items() if word in words}
    assert len(borne) > 50
    assert {
        word: paths for word, paths in borne.items() if len(paths) > 1 and word not in ALIKE
    } == {}
    assert [
        (word, paths)
        for word, paths in borne.items()
        if paths[0].parts[0] not in OWNERS and word not in OF_READING
    ] == []
