"""Where the rules come from: documents and compliance frameworks."""

from dataclasses import dataclass

_API = "https://docs.aws.amazon.com/connect/latest/APIReference/"
_ADMIN = "https://docs.aws.amazon.com/connect/latest/adminguide/"

CREATE_USER = _API + "API_CreateUser.html"
IDENTITY_INFO = _API + "API_UserIdentityInfo.html"
PHONE_CONFIG = _API + "API_UserPhoneConfig.html"
UPDATE_USER_CONFIG = _API + "API_UpdateUserConfig.html"
TAG_RESOURCE = _API + "API_TagResource.html"

CONFIGURE_SAML = _ADMIN + "configure-saml.html"
TROUBLESHOOT_SAML = _ADMIN + "troubleshoot-saml.html"
IDENTITY_MANAGEMENT = _ADMIN + "connect-identity-management.html"
DIRECTORY = _ADMIN + "directory-service.html"
PASSWORD_RESET = _ADMIN + "password-reset.html"
DELETE_USERS = _ADMIN + "delete-users.html"
SECURITY_PROFILES = _ADMIN + "connect-security-profiles.html"
PROFILE_LIST = _ADMIN + "security-profile-list.html"
PROFILE_BEST_PRACTICES = _ADMIN + "security-profile-best-practices.html"
SECURITY_BEST_PRACTICES = _ADMIN + "security-best-practices.html"
TAG_ACCESS = _ADMIN + "tag-based-access-control.html"
HIERARCHY_ACCESS = _ADMIN + "hierarchy-based-access-control.html"

ASSUME_ROLE = "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html"
TAGGING_CONTROLS = "https://docs.aws.amazon.com/securityhub/latest/userguide/connect-controls.html"
NIST_63B_TEXT = "https://pages.nist.gov/800-63-4/sp800-63b.html"
ASVS_TEXT = "https://github.com/OWASP/ASVS/blob/master/5.0/en/0x15-V6-Authentication.md"
CIS_TEXT = "https://www.cisecurity.org/benchmark/amazon_web_services"
PULUMI_SECRETS = "https://www.pulumi.com/docs/iac/concepts/secrets/"
PULUMI_OPTIONS = "https://www.pulumi.com/docs/iac/concepts/options/"
UNICODE_BIDI = "https://www.unicode.org/reports/tr36/"


@dataclass(frozen=True)
class Framework:
    """A compliance framework, and the part of it that a rule serves."""

    name: str
    version: str
    reference: str
    specification: str


def connect_api(part: str) -> Framework:
    """Amazon Connect would refuse it: correctness, not opinion."""
    return Framework("Amazon Connect API", "2017-08-08", CREATE_USER, part)


def connect_security(part: str) -> Framework:
    """AWS's own advice for Amazon Connect."""
    return Framework("Amazon Connect security best practices", "", SECURITY_BEST_PRACTICES, part)


def nist_63b(part: str) -> Framework:
    """NIST's rules for passwords."""
    return Framework("NIST SP 800-63B", "4", NIST_63B_TEXT, part)


def asvs(part: str) -> Framework:
    """OWASP's verification standard."""
    return Framework("OWASP ASVS", "5.0", ASVS_TEXT, part)
