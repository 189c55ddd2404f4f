"""Whatever a roster looks like, an import changes the lines of who changes, and no other byte."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from pulumi_connect_users.core.people import Person
from pulumi_connect_users.directory.roster_text import read_roster_text
from pulumi_connect_users.directory.splices import NotEditable
from tests.directory.companies import TEAMS, changes_of, imported, person

NAMES = ("ana.silva", "bo.yes", "kept.user", "li.juan", "mary.major", "on.no", "zoe.old", "1.2")
NEW = ("abe.new", "mona.new", "null", "zz.new")
FORMS = ("block", "compact", "spread", "quoted", "flow", "flow lines", "list", "anchored", "alias")
_SPECIAL = ("anchored", "alias")
_VALUES = ("team", "_name", "identity_info", "security_profiles", "- ")
"""What is in lines with values that an import sets."""


@dataclass(frozen=True)
class Roster:
    """A generated file."""

    text: str
    owners: list[str]
    """Whose each line is; empty: no user's."""
    forms: dict[str, str]

    def untouched(self, moving: Collection[str], leaving: Collection[str]) -> list[str]:
        """The lines that stay: all but what moves, and who leaves."""
        return [
            line
            for owner, line in zip(self.owners, self.text.splitlines(), strict=True)
            if owner not in leaving
            and not (owner in moving and any(word in line for word in _VALUES))
        ]


def _user(name: str, team: str, form: str, first: str, last: str) -> list[str]:
    """One user's lines, below `users`."""
    key = f'"{name}"' if form == "quoted" or name[0].isdigit() else name
    identity = f"{{first_name: {first},  last_name: '{last}'}}"
    match form:
        case "compact":
            return [f"{key}: # of {team}", f"  team:   {team}", f"  identity_info: {identity} # x"]
        case "spread":
            return [
                f"{key}:",
                "",
                "  identity_info:",
                f"      last_name:   {last}",
                f"      first_name: {first}",
                "      # mobile: '+15555551212'",
                f"  team: {team}   # where",
                "  tags: { Site:   SEA1 }",
                "  # routing_profile: Nights",
            ]
        case "quoted":
            return [f"{key}:", f'  "team": "{team}"', f"  'identity_info': {identity}"]
        case "flow":
            return [f"{key}: {{ team: {team},  identity_info: {identity}, }} # short"]
        case "flow lines":
            return [f"{key}: {{", f"  team: {team},", f"  identity_info: {identity}", "  }"]
        case "list":
            return [
                f"{key}:",
                f"  team: {team}",
                "  security_profiles:",
                "  - Agent   # everyone",
                '  -   "Old"',
                f"  identity_info: {identity}",
            ]
        case "anchored":
            return [f"{key}: &{first}", f"  team: &t{first} {team}", f"  identity_info: {identity}"]
        case "alias":
            return [f"{key}:", "  team: *west", f"  identity_info: {identity}"]
    return [f"{key}:", f"  team: {team}", f"  identity_info: {identity}"]


@st.composite
def rosters(draw: st.DrawFn) -> Roster:
    """Rosters as people write them."""
    names = draw(st.lists(st.sampled_from(NAMES), unique=True, min_size=1))
    if draw(st.booleans()):
        names.sort()
    margin = " " * draw(st.sampled_from((1, 2, 4)))
    head = ["# The company", "", "defaults:", "  routing_profile: Basic  # all", "teams:"]
    head += ["  west: &w { hierarchy_group: &west west }", "  east: {}", "  night:  {}", "users:"]
    body: list[str] = []
    owners = [""] * len(head)
    forms: dict[str, str] = {}
    for name in names:
        between = draw(st.sampled_from(([], [""], ["", f"{margin}# Below"], ["# At the margin"])))
        team = draw(st.sampled_from(("west", "east", "night", "elsewhere")))
        forms[name] = draw(st.sampled_from(FORMS))
        first = f"F{names.index(name)}"
        own = [margin + one if one else one for one in _user(name, team, forms[name], first, "Ü")]
        body += [*between, *own]
        owners += [*([""] * len(between)), *([name] * len(own))]
    tail = draw(
        st.sampled_from(([], ["# The end"], [f"{margin}# Below", ""], ["# $schema: x", ""]))
    )
    line_break = draw(st.sampled_from(("\n", "\r\n")))
    last = draw(st.sampled_from(("", line_break)))
    text = line_break.join([*head, *body, *tail]) + last
    owners += [""] * (len(text.splitlines()) - len(owners))
    return Roster(text, owners, forms)


@st.composite
def people(draw: st.DrawFn) -> list[Person]:
    """A directory that knows some of them, and others."""
    found = []
    for name in draw(st.lists(st.sampled_from((*NAMES, *NEW)), unique=True)):
        groups = [draw(st.sampled_from(tuple(TEAMS)))]
        groups += draw(st.lists(st.sampled_from(("Leads", "Quality")), unique=True))
        texts = {"email": f"{name}@example.com"} if draw(st.booleans()) else {}
        family = draw(st.sampled_from(("Ü", "O'Neil: #1", "Yes", "0042")))
        active = draw(st.sampled_from((True, True, True, False)))
        found.append(person(name, *groups, active=active, family_name=family, **texts))
    return found


@settings(deadline=None)
@given(rosters(), people())
def test_other_lines_stay_and_the_roster_says_what_the_directory_does(
    roster: Roster, found: list[Person]
) -> None:
    changes = changes_of(roster.text, found)
    try:
        new = imported(roster.text, found)
    except NotEditable:
        special = {name for name, form in roster.forms.items() if form in _SPECIAL}
        assert special & {*changes.movers, *changes.leavers}, "only special forms are refused"
        return

    untouched = roster.untouched(changes.movers, changes.leavers)
    said = read_roster_text(Path("roster.yaml"), new)
    if not said.users:
        untouched.remove("users:")  # users: {}
    left = iter(new.splitlines())
    for line in untouched:
        assert any(other == line for other in left), line
    breaks = {"\r\n"} if "\r\n" in roster.text else {"\n"}
    assert {line[len(line.rstrip("\r\n")) :] for line in new.splitlines(keepends=True)} <= {
        *breaks,
        "",
    }
    assert imported(new, found) == new, "a second import changes nothing"
    wanted = {p.user_name for p in found if p.active}
    assert changes.joiners.keys() <= said.users.keys()
    assert changes.leavers.keys().isdisjoint(said.users)
    assert changes.leavers.keys().isdisjoint(wanted)
