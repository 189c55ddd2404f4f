"""The credentials against the account that the instance's ARN names."""

from collections.abc import Iterator

from ..aws.credentials import caller_identity
from ..aws.settings import Settings
from ..core.arns import parse_arn
from ..core.errors import AccessDenied, ApiError, SettingsError
from .finding import Finding, failure, note, ok

_REMEDY = "Choose the right profile: AWS_PROFILE, connect:profile or connect:profiles."


def credentials(settings: Settings, id_or_arn: str) -> Iterator[Finding]:
    """Findings about the credentials; none for a custom endpoint, which takes any."""
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
        # Connect may be reachable where STS is not: the instance is checked all the same.
        yield note("credentials", f"could not be identified: {str(error).rstrip('.')}")
        return
    if arn is not None and found.account != arn.account:
        yield failure(
            "credentials",
            f"they are of account {found.account} ({found.source}), the instance of {arn.account}",
            _REMEDY,
        )
        return
    yield ok("credentials", f"{found.arn} ({found.source})")
