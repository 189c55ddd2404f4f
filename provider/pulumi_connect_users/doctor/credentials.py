"""The credentials against the account that the instance's ARN names."""

from __future__ import annotations

from collections.abc import Iterator

from ..aws.credentials import caller_identity
from ..aws.settings import Settings
from ..core.arns import parse_arn
from ..core.errors import AccessDenied, ApiError, SettingsError
from .finding import Finding, failure, note, ok

_REMEDY = "Name the right profile: AWS_PROFILE, connect:profile or connect:profiles."


def credentials(settings: Settings, id_or_arn: str) -> Iterator[Finding]:
    """Nothing with an endpoint of one's own: there credentials are whatever it takes."""
    arn = parse_arn(id_or_arn)
    if settings.endpoint or (arn is not None and arn.is_local):
        return
    try:
        region = arn.region if arn else settings.region or "us-east-1"
        found = caller_identity(settings, region, arn.account if arn else "")
    except (AccessDenied, SettingsError) as error:
        remedy = error.remedy if isinstance(error, ApiError) else _REMEDY
        yield failure("credentials", str(error).rstrip("."), remedy)
        return
    except ApiError as error:
        # Where STS cannot be reached, Connect may be: the instance is looked at all the same.
        yield note("credentials", f"nobody says whose they are: {str(error).rstrip('.')}")
        return
    if arn is not None and found.account != arn.account:
        yield failure(
            "credentials",
            f"they are of the account {found.account} ({found.source}), and the instance is in "
            f"{arn.account}",
            _REMEDY,
        )
        return
    yield ok("credentials", f"{found.arn} ({found.source})")
