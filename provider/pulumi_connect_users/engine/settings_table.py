"""Every setting of a stack, described once: the documentation and the schema derive from this.

Keys stand without the front end's namespace.
"""

from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["string", "boolean", "integer", "number", "count", "list", "map", "structure"]


@dataclass(frozen=True)
class Setting:
    """One setting."""

    key: str
    doc: str
    """What it means."""
    default: str
    """What holds where neither configuration nor environment has it."""
    kind: Kind = "string"
    """The type of its value where a program gives it; lists and maps are of texts, a count is an
    integer or the text of a share (`5%`)."""
    values: tuple[str, ...] = ()
    """All values, where there are a few only; the default is the first."""
    members: tuple["Setting", ...] = ()
    """The members of a structure."""


_ROLE: Final = (
    Setting("roleArn", "ARN of the role", "none; it is required"),
    Setting("duration", "how long its credentials last: `30m`, `1h`", "STS's own, an hour"),
    Setting("externalId", "what the role's trust policy may ask for", "none"),
    Setting("policy", "a policy (JSON) that narrows the role's permissions", "none"),
    Setting("sessionName", "name in CloudTrail", "`pulumi-connect-users`"),
    Setting("sourceIdentity", "identity in CloudTrail that later roles keep", "none"),
)
_TAGS: Final = (Setting("tags", "the tags", "none", "map"),)

SETTINGS: Final = (
    Setting(
        "endpoint",
        "a URL, or `local` for the embedded Connect",
        "AWS (`AWS_ENDPOINT_URL_CONNECT`, `AWS_ENDPOINT_URL`)",
    ),
    Setting(
        "localStore",
        "file of the embedded Connect; one file is one AWS account",
        "`CONNECT_USERS_LOCAL_STORE`, else `.connect-users/local.db` beside Pulumi.yaml",
    ),
    Setting("region", "AWS Region", "the ARN's Region"),
    Setting("profile", "AWS profile", "AWS's chain"),
    Setting(
        "profiles",
        "for several accounts in one stack: the profile for each account (12 digits), chosen by "
        "the instance's ARN",
        "`profile` for all",
        "map",
    ),
    Setting(
        "assumeRole",
        "a role whose credentials make all calls: `roleArn`, and optionally `duration`, "
        "`externalId`, `policy`, `sessionName`, `sourceIdentity`",
        "the credentials themselves",
        "structure",
        members=_ROLE,
    ),
    Setting(
        "allowedAccountIds",
        "accounts (12 digits) whose instances may be used; any other is refused before a call",
        "all",
        "list",
    ),
    Setting(
        "defaultTags",
        "`tags` of every user; a user's own tags of the same keys win",
        "none",
        "structure",
        members=_TAGS,
    ),
    Setting(
        "refresh",
        "`bulk` reads the users of a stack together; `exact` reads each of them, for attributes "
        "that no bulk read returns",
        "`CONNECT_USERS_REFRESH`, else `bulk`",
        values=("bulk", "exact"),
    ),
    Setting(
        "requestsPerSecond",
        "rate limit per operation, in requests a second",
        "2 on AWS, unlimited on `local`",
        "number",
    ),
    Setting("burst", "requests at once, per operation", "5", "integer"),
    Setting(
        "maxDeletes",
        "deletions in one run, replaced and suspended users included: a number, or a share of the "
        "users that the stack manages (`5%`, at least 3); `CONNECT_USERS_MAX_DELETES` for one run",
        "20 on AWS, unlimited on `local`",
        "count",
    ),
    Setting(
        "maxUpdates",
        "existing users that one run may change, a number or a share like `maxDeletes`; a preview "
        "with more is refused; `CONNECT_USERS_MAX_UPDATES` for one run",
        "unlimited",
        "count",
    ),
    Setting(
        "minAdmins",
        "users with the security profile Admin that every instance keeps, whoever manages them: "
        "what would leave fewer is refused, at the preview and before the call; "
        "`CONNECT_USERS_MIN_ADMINS` for one run",
        "none",
        "integer",
    ),
    Setting(
        "receipt",
        "file to which a run appends each mutating call as a line of JSON, below the project's "
        "folder; `CONNECT_USERS_RECEIPT` for one run",
        "none",
    ),
    Setting(
        "onDelete",
        "`refuse`, `wait`, `force` or `suspend` for every user; `CONNECT_USERS_ON_DELETE` for one "
        "run",
        "each user's own `on_delete`",
        values=("refuse", "wait", "force", "suspend"),
    ),
    Setting(
        "suspendedSecurityProfile",
        "security profile (name or id) of suspended users, without permissions",
        "each user's own `suspended_security_profile`",
    ),
    Setting(
        "suspendedRoutingProfile",
        "routing profile (name or id) of suspended users, without queues",
        "each user's own `suspended_routing_profile`",
    ),
    Setting(
        "privilegedProfiles",
        "security profiles (a list, or comma-separated names) whose users are never deleted "
        "silently",
        "`Admin,CallCenterManager`",
        "list",
    ),
    Setting(
        "ownership",
        "`on`, or `off`: a killed run may then leave a user that later runs do not recognise",
        "`on`",
        values=("on", "off"),
    ),
    Setting("ownerId", "separates equal project and stack names on different backends", "empty"),
    Setting(
        "personalData",
        "`secret` makes names, e-mail addresses, phone numbers and usernames that are e-mail "
        "addresses secret (for existing users with the next `up`); resource names cannot be "
        "hidden",
        "`plain`",
        values=("plain", "secret"),
    ),
    Setting(
        "strict",
        "rules that AWS documents but is not known to enforce: refuse (`true`), or warn once per "
        "run (`false`)",
        "`false`",
        "boolean",
    ),
)
