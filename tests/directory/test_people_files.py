"""The lists that Okta and Microsoft Entra export: real columns, what is guessed, what is wrong."""

from pathlib import Path

import pytest

from pulumi_connect_users.core.people import Person
from pulumi_connect_users.directory.mapping import DirectoryMapping, read_mapping
from pulumi_connect_users.directory.people_files import People, PeopleFile, read_people
from pulumi_connect_users.directory.refusal import ImportRefused

ENTRA = """\
userPrincipalName,displayName,surname,mail,givenName,id,userType,jobTitle,department,\
accountEnabled,usageLocation,streetAddress,state,country,officeLocation,city,postalCode,\
telephoneNumber,mobilePhone,alternateEmailAddress,ageGroup,consentProvidedForMinor,\
legalAgeGroupClassification,companyName,creationType,directorySynced,invitationState,\
identityIssuer,createdDateTime
mary@corp.example,Mary Major,Major,mary.major@example.com,Mary,7cc0c81b,Member,Agent,West,True,\
US,,,,,,,,+15555551212,,,,,Corp,,True,,corp.example,8/19/2021 1:25:31 PM
li@corp.example,"Juan, Li",Juan,li.juan@example.com,Li,05f9eb61,Member,Agent,West,False,\
US,,,,,,,,,,,,,Corp,,True,,corp.example,8/19/2021 3:02:10 PM
"""
ENTRA_MEMBERS = """\
Object ID,User principal name,Display name,Member type
7cc0c81b,Mary@corp.example,Mary Major,User
99f9eb61,,Connect Leads,Group
"""
OKTA = """\
Okta user ID\tOkta username\tFirst name\tLast name\tPrimary email\tOkta user status\tGroup names
00u1\tmary@corp.example\tMary\tMajor\tmary.major@example.com\tActive\tEveryone; West
00u2\tli@corp.example\tLi\tJuan\tli.juan@example.com\tSuspended\tWest
00u3\tana@corp.example\tAna\tSilva\tana.silva@example.com\tPassword reset\tWest|A; B
"""
OKTA_PROFILES = """\

login,firstName,lastName,middleName,email,mobilePhone,secondEmail,department,status
mary@corp.example,Mary,Major,,mary.major@example.com,,,West,PROVISIONED
li@corp.example,Li,Juan,,li.juan@example.com,,,West,DEPROVISIONED
zoe@corp.example,Zoe,Old,,zoe@example.com,,,West,STAGED
"""


def _mapping(more: str = "") -> DirectoryMapping:
    return read_mapping(Path("m.yaml"), f"groups: {{West: {{team: west}}}}\n{more}")


def _people(*texts: str, more: str = "") -> People:
    return read_people([PeopleFile("users.csv", text) for text in texts], _mapping(more))


def test_users_of_entra_are_read_by_their_department() -> None:
    people = _people(ENTRA, more="columns: {groups: department}")

    assert people.by_name["mary@corp.example"] == Person(
        user_name="mary@corp.example",
        email="mary.major@example.com",
        given_name="Mary",
        family_name="Major",
        mobile="+15555551212",
        groups=frozenset({"West"}),
        place="users.csv:2",
    )
    assert people.by_name["li@corp.example"].active is False
    assert people.notices == [
        "users.csv: userName from userPrincipalName, email from mail, givenName from givenName, "
        "familyName from surname, mobile from mobilePhone, active from accountEnabled, groups from "
        "department."
    ]


def test_members_of_entras_groups_are_put_together_with_its_users() -> None:
    files = [PeopleFile("users.csv", ENTRA), PeopleFile("west.csv", ENTRA_MEMBERS, "West")]

    people = read_people(files, _mapping())

    mary = people.by_name["mary@corp.example"]
    assert (mary.given_name, [*mary.groups]) == ("Mary", ["West"])
    assert people.by_name["li@corp.example"].groups == frozenset()
    assert "west.csv: 1 row without a user name passed over." in people.notices


@pytest.mark.parametrize(
    ("text", "more", "active", "separated"),
    [
        (OKTA, "", {"mary": True, "li": False, "ana": True}, " (separated by tabs)"),
        (
            OKTA_PROFILES,
            "columns: {groups: department}",
            {"mary": True, "li": False, "zoe": False},
            "",
        ),
    ],
    ids=["report", "profiles"],
)
def test_users_of_okta_are_read_with_their_status(
    text: str, more: str, active: dict[str, bool], separated: str
) -> None:
    people = _people(text, more=more)

    assert {n.partition("@")[0]: p.active for n, p in people.by_name.items()} == active
    assert people.by_name["mary@corp.example"].family_name == "Major"
    assert "West" in people.by_name["mary@corp.example"].groups
    assert people.notices[0].startswith(f"users.csv{separated}: userName from ")


def test_lists_without_a_status_say_so() -> None:
    people = _people("login,groups\nmary,West\n")

    assert people.by_name["mary"].active
    assert "no column says whose account is active" in people.notices[-1]


@pytest.mark.parametrize(
    ("files", "mapping", "mistakes"),
    [
        (
            [PeopleFile("u.csv", "name,login,UPN,e_mails,Status\nx,y,z,a,b\n")],
            "username: email\ncolumns: {givenName: First}",
            [
                "u.csv:1: several columns are userName: login, UPN. Name one in the mapping, "
                "columns: { userName: login }.",
                "u.csv:1: no column is email (email, mail, Primary email, Email address). Did you "
                "mean e_mails? Name it in the mapping, columns: { email: ... }.",
                "u.csv:1: the column First (givenName) is missing.",
                "u.csv:1: no column is groups (groups, group, Group names, memberOf). Name it in "
                "the mapping, columns: { groups: ... }, or give files by group (GROUP=FILE).",
            ],
        ),
        (
            [PeopleFile("u.csv", "login\n"), PeopleFile("w.csv", "x\n", "Wst")],
            "",
            [
                "group Wst: is not in the mapping. Known: West.",
                "group West: no file has its members. Add West=FILE.",
                "w.csv:1: no column is userName (userName, userPrincipalName, UPN, login, Okta "
                "username). Name it in the mapping, columns: { userName: ... }.",
            ],
        ),
        (
            [PeopleFile("u.csv", "login,groups,status\na,West,GONE\nb,West,\nc,West,ACTIVE\n")],
            "",
            [
                f"u.csv:{line}: {name}: its status is unknown. Known: ACTIVE, SUSPENDED, "
                "DEPROVISIONED, True, False, ..."
                for line, name in ((2, "a"), (3, "b"))
            ],
        ),
        ([PeopleFile("u.csv", "\n ,\n")], "", ["u.csv: has no header. Export it again."]),
    ],
    ids=["columns", "groups", "statuses", "empty"],
)
def test_all_mistakes_are_reported_at_once(
    files: list[PeopleFile], mapping: str, mistakes: list[str]
) -> None:
    with pytest.raises(ImportRefused) as refused:
        read_people(files, _mapping(mapping))

    assert list(refused.value.mistakes) == mistakes
