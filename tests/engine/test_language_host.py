"""The language host of the engine that this machine has, be it Pulumi's own or the stand-in."""

from pathlib import Path

from tests.support.harness import Stacks

PROGRAM = """
    import pulumi
    from pulumi import dynamic

    class NoteProvider(dynamic.ResourceProvider):
        serialize_as_secret_always = False

        def create(self, props):
            return dynamic.CreateResult("note-1", props)

        def update(self, id, olds, news):
            return dynamic.UpdateResult(news)

        def read(self, id, props):
            return dynamic.ReadResult(id, props)

    class Note(dynamic.Resource, module="test", name="Note"):
        text: pulumi.Output[str]

        def __init__(self, name, text):
            super().__init__(NoteProvider(), name, {"text": text})

    note = Note("note", pulumi.Config().require("text"))
    pulumi.export("text", note.text)
    pulumi.export("word", pulumi.Config().require_secret("word"))
"""


def test_up_with_a_dynamic_resource_passes_through_its_whole_life(stacks: Stacks) -> None:
    """up, preview, refresh and destroy all reach the program and its dynamic provider."""
    stack = stacks(program=PROGRAM, config={"text": "first"}, secrets={"word": "not-to-be-shown"})

    created = stack.up()
    assert created.changes == {"create": 2}
    assert stack.outputs() == {"text": "first", "word": "not-to-be-shown"}

    stack.set_config({"text": "second"})
    assert stack.preview().changes == {"same": 1, "update": 1}
    assert stack.up().changes == {"same": 1, "update": 1}
    assert stack.up().changes == {"same": 2}
    assert stack.refresh().code == 0
    assert stack.resources("test:Note")[0]["outputs"]["text"] == "second"

    gone = stack.destroy()
    assert gone.changes == {"delete": 2}
    assert stack.resources() == []
    assert "not-to-be-shown" not in created.text + gone.text


def test_interrupted_up_finishes_what_it_began_and_saves_it(stacks: Stacks, tmp_path: Path) -> None:
    """One Ctrl-C lets the running create end; its result is in state and nothing is pending."""
    began, go_on = tmp_path / "began", tmp_path / "go-on"
    stack = stacks(
        program=f"""
            import pathlib, time
            from pulumi import dynamic

            class SlowProvider(dynamic.ResourceProvider):
                def create(self, props):
                    pathlib.Path({str(began)!r}).touch()
                    while not pathlib.Path({str(go_on)!r}).exists():
                        time.sleep(0.05)
                    return dynamic.CreateResult("slow-1", props)

            class Slow(dynamic.Resource, module="test", name="Slow"):
                pass

            Slow(SlowProvider(), "slow", {{}})
        """
    )
    running = stack.start("up", "--yes", "--skip-preview")
    running.wait_until(began.exists)

    running.interrupt()
    running.wait_until(lambda: running.said("^C received"))
    go_on.touch()
    interrupted = running.wait()

    assert interrupted.code != 0
    assert [r["id"] for r in stack.resources("test:Slow")] == ["slow-1"]
    assert "pending_operations" not in stack.export()
    assert stack.up().changes == {"same": 2}


def test_up_with_a_failing_program_shows_its_error_and_fails(stacks: Stacks) -> None:
    """A program's exception ends `up` with its traceback, and creates nothing."""
    stack = stacks(program="raise ValueError('the program is wrong')")

    failed = stack.up(expect="failure")

    assert "ValueError: the program is wrong" in failed.text
    assert [r for r in stack.resources() if r["type"] != "pulumi:pulumi:Stack"] == []


def test_preview_with_a_policy_pack_reports_its_violation(stacks: Stacks, tmp_path: Path) -> None:
    """A mandatory violation makes the exit code 1 and is among the events."""
    pack = tmp_path / "pack"
    pack.mkdir()
    (pack / "PulumiPolicy.yaml").write_text("runtime: python\nversion: 0.0.1\n")
    (pack / "__main__.py").write_text(
        "from pulumi_policy import EnforcementLevel, PolicyPack, ResourceValidationPolicy\n"
        "def check(args, report):\n"
        "    if args.resource_type.endswith('test:Note'):\n"
        "        report('notes are not allowed')\n"
        "PolicyPack('pack', policies=[ResourceValidationPolicy(name='no-notes', description='-',"
        " validate=check, enforcement_level=EnforcementLevel.MANDATORY)])\n"
    )
    stack = stacks(program=PROGRAM, config={"text": "first"}, secrets={"word": "x"})

    refused = stack.preview("--policy-pack", str(pack), expect=None)

    assert refused.code == 1
    assert [v["policyName"] for v in refused.violations] == ["no-notes"]


def test_killed_command_leaves_no_language_host_and_no_program(
    stacks: Stacks, tmp_path: Path
) -> None:
    began = tmp_path / "began"
    stack = stacks(
        program=f"import pathlib, time; pathlib.Path({str(began)!r}).touch(); time.sleep(300)"
    )
    running = stack.start("up", "--yes", "--skip-preview")
    running.wait_until(began.exists)

    running.kill()

    running.wait_until_gone(timeout=20)
    assert running.survivors() == set()
