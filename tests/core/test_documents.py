"""Damaged and hostile YAML and JSON, in the two readers and in everything that uses them.

Source of the cases: 30,000 brackets ended `emulator seed` in a segmentation fault, an alias bomb
made it and `read_roster` hang.
"""

import time
from pathlib import Path

import pytest

from pulumi_connect_users.cli.root import run
from pulumi_connect_users.core.documents import UnreadableDocument, read_json
from pulumi_connect_users.core.errors import InvalidRoster
from pulumi_connect_users.core.yaml_documents import MOST_ALIASED, compose_yaml, read_yaml
from pulumi_connect_users.roster.files.reading import read_roster


def _bomb(first: str, each: str) -> str:
    """Nine levels of aliases, nine in each: 387 million nodes."""
    lines = [f"a0: &a0 {first}"]
    for level in range(1, 10):
        aliases = ", ".join([f"*a{level - 1}"] * 9)
        lines.append(f"a{level}: &a{level} {each.format(aliases)}")
    return "\n".join(lines)


HOSTILE = {
    "brackets": ("[" * 30_000, "line 1: it is nested too deeply"),
    "more brackets": ("[" * 1_000_000, "nested too deeply"),
    "braces": ("{a: " * 30_000, "nested too deeply"),
    "dashes": ("- " * 30_000, "nested too deeply"),
    "questions": ("? " * 30_000, "nested too deeply"),
    "indents": ("".join(" " * n + "x:\n" for n in range(300)), "line 100: it is nested too deeply"),
    "aliases": (_bomb("[x]", "[{}]"), "its aliases expand too far"),
    "merged aliases": (_bomb("{x: 1}", "{{<<: [{}]}}"), "its aliases expand too far"),
    "within itself": ("users: &all\n  mary: *all\n", "line 2: contains itself"),
    "digits": ("a: " + "9" * 5_000, "line 1: a number is too long"),
    "base 60": ("a: 1" + ":59" * 50_000, "line 1: a number is too long"),
    "infinite": ("a: .inf", "line 1: a number is too large"),
    "day": ("a:\n  2026-13-45", "line 2: a value that YAML cannot read"),
    "no whole number": ("a: !!int ''", "a value that YAML cannot read"),
    "no truth": ("a: !!bool x", "a value that YAML cannot read"),
    "no time": ("a: !!timestamp x", "a value that YAML cannot read"),
    "object": ("a: !!python/object/apply:os.getcwd []", "line 1: it is not YAML: could not"),
    "same key": ("a: 1\nb: 2\na: 3", "line 3: a key appears twice in one map"),
    "key of keys": ("{[a]: 1}", "it is not YAML: found unhashable key"),
    "control character": ("a: 1\nb: \x07", "line 2: holds the character U+0007"),
    "half a pair": ("a: \ud800", "line 1: holds the character U+D800"),
    "torn": ("a: [1, 2", "it is not YAML"),
    "second document": ("a: 1\n---\nb: 2", "line 2: it is not YAML"),
    "undefined alias": ("a: *b", "line 1: it is not YAML"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_yaml_is_refused_at_once(case: str) -> None:
    """The cause and the line are told, in little time."""
    text, cause = HOSTILE[case]
    begun = time.process_time()

    with pytest.raises(UnreadableDocument) as refused:
        read_yaml(text)

    assert cause in str(refused.value)
    assert time.process_time() - begun < 2


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        (
            "a: &x {b: 1}\nc: *x\nd: {<<: *x, e: 2}",
            {"a": {"b": 1}, "c": {"b": 1}, "d": {"b": 1, "e": 2}},
        ),
        ('{"a": [1, 2.5, true, null, "é"]}', {"a": [1, 2.5, True, None, "é"]}),
        ("[" * 99 + "]" * 99, None),
        ("d: {<<: {b: 1}, b: 2}", {"d": {"b": 2}}),
        ("a: 0x" + "f" * 16, {"a": 2**64 - 1}),
    ],
)
def test_yaml_within_the_bounds_is_read(text: str, value: object) -> None:
    """Anchors, merges, JSON, and as many levels as anyone needs."""
    found = read_yaml(text)

    assert value is None or found == value


def test_many_users_with_one_anchor_are_within_the_bounds() -> None:
    users = "".join(f"  user{number}: {{tags: *shared}}\n" for number in range(10_000))

    found = read_yaml(f"shared: &shared {{a: 1, b: 2, c: 3}}\nusers:\n{users}")

    assert found["users"]["user9999"]["tags"] == {"a": 1, "b": 2, "c": 3}
    assert MOST_ALIASED > 10_000 * 20


def test_nodes_of_a_yaml_text_have_their_lines() -> None:
    """A roster's reader tells the line of each value; keys that stand twice are its own matter."""
    root = compose_yaml("a: 1\na: 2\n")

    assert root is not None
    assert [key.start_mark.line for key, _ in root.value] == [0, 1]
    assert compose_yaml("") is None


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("[" * 100_000, "it is nested too deeply"),
        ('{"a": 1, "a": 2}', "a key appears twice"),
        ("[NaN]", "it is not JSON: NaN"),
        ("[1e999]", "a number that is too large"),
        (f"[{'9' * 5_000}]", "a number that is too large"),
        ('{"a":\n', "line 2: it is not JSON"),
        (b"\xff", "it is not UTF-8"),
        ("", "it is not JSON"),
    ],
)
def test_hostile_json_is_refused(text: str | bytes, cause: str) -> None:
    """One kind of error, whatever Python's reader raises."""
    with pytest.raises(UnreadableDocument, match=cause):
        read_json(text)


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_roster_is_refused_at_once(tmp_path: Path, case: str) -> None:
    """`read_roster` tells a mistake of the file, whatever is in it."""
    file = tmp_path / "west.yaml"
    file.write_bytes(f"users:\n {HOSTILE[case][0]}".encode(errors="surrogatepass"))
    begun = time.process_time()

    with pytest.raises(InvalidRoster) as refused:
        read_roster(file)

    assert "Traceback" not in str(refused.value)
    assert time.process_time() - begun < 3


_DEEP_JSON = "[" * 100_000
_FILES = {
    "deep.yaml": "[" * 30_000,
    "bomb.yaml": _bomb("[x]", "[{}]"),
    "deep.json": _DEEP_JSON,
    "deep-within.json": '{"deployment": ' + "[" * 900 + "]" * 900 + "}",
    "digits.json": '{"deployment": ' + "9" * 5_000 + "}",
    "twice.json": '{"deployment": {}, "deployment": {}}',
}


@pytest.mark.parametrize("name", _FILES)
@pytest.mark.parametrize(
    "command",
    [
        "emulator seed --store local.db FILE",
        "emulator day --store local.db --script FILE",
        "export --from-state FILE",
        "orphans --stack-export FILE",
        "iam --from FILE",
        "report FILE",
        "policy check-config FILE",
    ],
)
def test_hostile_file_ends_every_command_with_a_message(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: str,
    name: str,
) -> None:
    (tmp_path / name).write_text(_FILES[name])
    monkeypatch.chdir(tmp_path)
    begun = time.process_time()

    status = run([name if word == "FILE" else word for word in command.split()])

    told = capsys.readouterr()
    assert status in (1, 2)
    assert not [one for one in ("Traceback", "No such option") if one in told.err + told.out]
    assert time.process_time() - begun < 5


@pytest.mark.parametrize(
    "text", ["[" * 30_000, "config: {a: 1, a: 2}", "a: [", _bomb("[x]", "[{}]")]
)
def test_hostile_stack_configuration_is_told_by_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    """Pulumi.STACK.yaml may be damaged like any other file."""
    (tmp_path / "Pulumi.yaml").write_text("name: x\nruntime: python\n")
    (tmp_path / "Pulumi.dev.yaml").write_text(text)
    monkeypatch.chdir(tmp_path)

    assert run(["doctor", "--stack", "dev"]) == 1

    assert "reading Pulumi.dev.yaml: line " in capsys.readouterr().err


@pytest.mark.parametrize("text", [_DEEP_JSON, "[1e999]", '{"kind": "reset", "kind": "kill"}'])
def test_hostile_fault_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    """A fault of the command line is read like any other text."""
    assert run(["emulator", "control", "--store", str(tmp_path / "x.db"), "--fault", text]) == 2

    assert "Traceback" not in capsys.readouterr().err
