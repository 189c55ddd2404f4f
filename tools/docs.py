"""Writes the pages that repeat what the package knows: `python -m tools.docs`.

They are generated from the model, the rules, the schema and the settings; a test compares them.
"""

import typing
from collections.abc import Iterator

from annotated_types import Ge, Le, MaxLen, MinLen
from pydantic.fields import FieldInfo

from pulumi_connect_users.access.capabilities import CAPABILITIES, RESOURCES, UNLISTED, Capability
from pulumi_connect_users.engine.settings_table import SETTINGS
from pulumi_connect_users.model.attributes import Attribute, attributes, by_program
from pulumi_connect_users.model.facts import Role
from pulumi_connect_users.roster.files.columns import OTHER_NAMES, columns
from pulumi_connect_users.roster.files.users import TEAM
from pulumi_connect_users.users.inputs import IGNORABLE
from pulumi_connect_users.users.rules import RULES
from pulumi_connect_users.users.rules.registry import ALL_MODES
from tools import native_docs
from tools.arguments import argument
from tools.checkout import ROOT
from tools.markdown import between_marks, table

ATTRIBUTES = ROOT / "docs" / "attributes.md"
RULES_PAGE = ROOT / "docs" / "identity-rules.md"
ROSTER_FILES = ROOT / "docs" / "roster-files.md"
CAPABILITIES_PAGE = ROOT / "docs" / "capabilities.md"
README = ROOT / "README.md"
_NOTE = "<!-- Generated from the model by `make generate`: do not edit. -->\n"
_ROLES = {
    Role.ATTRIBUTE: "What Amazon Connect stores",
    Role.NAME: "Names instead of ids",
    Role.OPTION: "Options",
    Role.ROSTER: "Of a roster's users alone",
    Role.FACT: "Added for previews, policies and reports",
}
_INTRODUCTIONS = {
    Role.ATTRIBUTE: (
        "Declared attributes are managed; others are left alone. Removing a declared attribute "
        "clears it if Amazon Connect has an API for that; otherwise the preview refuses.\n\n"
        "Ids are accepted in every form that other resources return: bare, as ARN (`aws-native`) "
        "and as "
        "`INSTANCE:ID` (the `id` of `aws.connect.RoutingProfile`, `SecurityProfile`, "
        "`UserHierarchyGroup`). State holds the bare id. On `CONNECT_MANAGED` instances Connect "
        "assigns a directory user id itself: it is not managed there.\n\n"
        "*Secret* values are hidden always, *personal* ones with `connect:personalData: secret`."
    ),
    Role.NAME: "Looked up at the preview. An id and a name for the same thing exclude each other.",
    Role.OPTION: "Options are stored in state only: changing one makes no call.",
    Role.ROSTER: (
        "When the users of a `UserRoster` are in it, see [in time](in-time.md); a `User` is "
        "always declared."
    ),
    Role.FACT: "Attributes that a program can read but not set.",
}
_READING = """\
Every argument except `password` is an attribute of the resource, and so are the attributes above.
An undeclared attribute is None. Members of structures can be read in both spellings, through
Output's lifting and in `apply`, at a preview too if they are known:

```python
import pulumi
import pulumi_connect_users as connect


def export(mary: connect.User) -> None:
    pulumi.export("name", mary.identity_info["first_name"])  # or ["firstName"]
    pulumi.export("mail", mary.identity_info.email)
    pulumi.export("mobile", mary.identity_info.apply(lambda info: info.mobile if info else None))
    pulumi.export("levels", mary.proficiencies.apply(lambda all: [one.level for one in all or ()]))
```

A whole structure is a dict with the API's names (`firstName`), as in state. Type checkers know the
attributes and, in `apply`, the members: a misspelt one is an error. (Output's lifting accepts any
name.)
"""


def attributes_page() -> str:
    """The attribute table of the documentation."""
    parts = [
        "# Attributes of a user\n",
        _NOTE,
        "Every argument of `connect.User`, with its limits, the API call that changes it, and the "
        "effect of removing it.\n",
    ]
    for role, title in _ROLES.items():
        rows = [a for a in attributes() if a.facts.role is role]
        parts += [f"## {title}\n", _INTRODUCTIONS[role] + "\n"]
        if role is Role.ATTRIBUTE:
            parts.append(table(_ATTRIBUTE_HEAD, (_attribute_row(a) for a in rows)))
        else:
            parts.append(
                table(("Name", "Meaning"), ((_code(a.program), a.facts.doc) for a in rows))
            )
    parts += ["## Reading a user\n", _READING]
    parts += [
        "## Drift that can be ignored\n",
        "`ignore_drift` accepts " + ", ".join(_code(name) for name in sorted(IGNORABLE)) + ".\n",
    ]
    return "\n".join(parts)


_ATTRIBUTE_HEAD = ("Argument", "Meaning", "Limits", "Changed by", "Removed", "Kind")


def _attribute_row(attribute: Attribute) -> tuple[str, ...]:
    facts = attribute.facts
    if facts.change == "replace":
        changed, cleared = "a new user", "refused"
    elif facts.change == "never":
        changed, cleared = "no call; see `on_password_change`", "removed from state"
    else:
        changed = ", ".join(_code(call) for call in facts.calls)
        cleared = "cleared" if facts.clears else "refused"
    if attribute.model is not None and not attribute.is_list:
        cleared = "see its members"
    kind = "secret" if facts.secret else "personal" if facts.personal else ""
    limits = ", ".join(_limits(attribute))
    return _code(argument(attribute)), facts.doc, limits, changed, cleared, kind


def _limits(attribute: Attribute) -> Iterator[str]:
    unit = "entries" if attribute.is_list else "characters"
    for constraint in _flat(attribute.metadata):
        if isinstance(constraint, MinLen) and constraint.min_length > 0:
            few = constraint.min_length == 1
            yield "not empty" if few else f"at least {constraint.min_length} {unit}"
        elif isinstance(constraint, MaxLen):
            yield f"at most {constraint.max_length} {unit}"
        elif isinstance(constraint, Ge):
            yield f"from {constraint.ge:,}"
        elif isinstance(constraint, Le):
            yield f"to {constraint.le:,}"
        elif pattern := getattr(constraint, "pattern", None):
            yield _code(str(pattern).replace("|", r"\|"))
    values = _choices(attribute.annotation)
    if not all(_code(value) in attribute.facts.doc for value in values):
        yield " or ".join(_code(value) for value in values)


def _flat(metadata: tuple[object, ...]) -> Iterator[object]:
    for entry in metadata:
        if isinstance(entry, FieldInfo):
            yield from entry.metadata
        else:
            yield entry


def _choices(annotation: object) -> tuple[str, ...]:
    """The values of a Literal, at any depth of the annotation; numbers may stand there too."""
    if typing.get_origin(annotation) is typing.Literal:
        return tuple(str(value) for value in typing.get_args(annotation))
    found: tuple[str, ...] = ()
    for inner in typing.get_args(annotation):
        found += _choices(inner)
    return found


def rules_page() -> str:
    """The rules table: each rule, where it applies, its kind and its source."""
    rows = []
    for rule in sorted(RULES, key=lambda r: (len(r.modes), r.modes, r.name)):
        modes = "all" if rule.modes == ALL_MODES else ", ".join(_code(m) for m in rule.modes)
        source = f"[{rule.source.rsplit('/', 1)[-1].removesuffix('.html')}]({rule.source})"
        rows.append((rule.doc, modes, rule.kind, source, _code(rule.name)))
    return "\n".join(
        [
            "# Identity rules\n",
            _NOTE,
            "What a preview checks in addition to the limits of the [attributes](attributes.md). "
            "An instance's identity management type (`CONNECT_MANAGED`, `SAML`, "
            "`EXISTING_DIRECTORY`) never changes, so it is read once per run, or declared: "
            '`connect.Instance(arn, identity_management_type="SAML")`.\n',
            "| Kind | Source | What it does |\n"
            "| --- | --- | --- |\n"
            "| enforced | AWS refuses the value, or has no API for the change | refuses |\n"
            "| documented | AWS's documentation; AWS is not known to refuse the value, or was "
            "observed to accept it | warns; refuses with `connect:strict: true` |\n"
            "| ours | this provider, against harm or a contradiction | refuses |\n"
            "| quota | a default quota that AWS can raise | warns |\n",
            "A warning appears once per run and rule: for the first affected user, or, for the "
            "users of a roster's batch, with their number and three usernames. Rules that are not "
            "enforced ignore values that the user already has, and rules for new users ignore "
            "existing ones.\n",
            table(("Rule", "Identities", "Kind", "Source", "Name"), rows),
        ]
    )


def _code(text: str) -> str:
    return f"`{text}`"


def roster_files_page() -> str:
    """The page of roster files with the table of CSV's columns."""
    rows = []
    for name, path in columns().items():
        others = ", ".join(_code(o.replace("|", r"\|")) for o in OTHER_NAMES.get(name, ()))
        rows.append(
            (_code(name), _COLUMNS.get(name) or by_program()[".".join(path)].facts.doc, others)
        )
    rows.append((_code("tags.KEY"), "One tag.", _code("Tag: KEY")))
    page = ROSTER_FILES.read_text(encoding="utf-8")
    return between_marks(page, table(("Column", "Meaning", "Other names"), rows))


_COLUMNS = {
    "username": "The login name; the only column that must exist.",
    TEAM: "One of the teams of `read_roster(teams=...)`.",
    "tags": "Tags: `key=value`, separated by `|`.",
    "proficiencies": "Proficiencies: `name:value=level`, separated by `|`.",
    "grants": "Security profiles for a time: `PROFILE until DATE (REASON)`, separated by `|`.",
    "voice_enhancement_configs": "`none`, `isolate voice` or `suppress noise`.",
}


def capabilities_page() -> str:
    """The page of capabilities with their table."""
    rows = (
        (
            _code(one.name),
            one.text + (" (`CONNECT_MANAGED` instances)" if one.with_passwords else ""),
            "<br>".join(
                _code(permission) + (" *" if permission in UNLISTED else "")
                for permission in one.permissions
            ),
            ", ".join(_narrowing(one)),
            ", ".join(f"[{_label(source)}]({source})" for source in one.sources),
        )
        for one in CAPABILITIES
    )
    head = ("Name", "The person can", "With any of", "Narrowed by", "Source")
    return between_marks(CAPABILITIES_PAGE.read_text(encoding="utf-8"), table(head, rows))


def _narrowing(capability: Capability) -> Iterator[str]:
    begins = {permission.partition(".")[0] for permission in capability.permissions}
    for begin, resource in RESOURCES.items():
        if begin in begins:
            yield f"tags of {_code(resource)}" + (", hierarchy" if resource == "User" else "")


def _label(source: str) -> str:
    page, _, section = source.rsplit("/", 1)[-1].partition("#")
    return section.removesuffix("-list") or page.removesuffix(".html")


def readme() -> str:
    """The README with the table of the settings."""
    rows = ((_code(one.key), one.doc, one.default) for one in SETTINGS)
    settings = table(("Key", "Meaning", "Default"), rows)
    return between_marks(README.read_text(encoding="utf-8"), settings)


PAGES = {
    ATTRIBUTES: attributes_page,
    RULES_PAGE: rules_page,
    ROSTER_FILES: roster_files_page,
    CAPABILITIES_PAGE: capabilities_page,
    README: readme,
    **native_docs.PAGES,
}


def main() -> None:
    """Writes all pages."""
    for path, page in PAGES.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(page(), encoding="utf-8")
        print(f"wrote {path.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
