"""You pay for calls to a desk phone, wherever it is."""

from ..absent import MISSING, UNKNOWN
from ..examples.cases import case
from ..phones import phones_of
from ..results import NotApplicable, Results, Violation, unknown
from ..rule import Rule
from ..settings import ConfigError, Settings, texts
from ..sources import PHONE_CONFIG, connect_security
from ..subject import UserView


def _countries(number: str) -> set[str]:
    """The countries that share the number's country code; empty if it is not a number."""
    import phonenumbers

    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return set()
    if exact := phonenumbers.region_code_for_number(parsed):
        return {exact}
    return set(phonenumbers.region_codes_for_country_code(parsed.country_code or 0))


def _allowed(settings: Settings) -> set[str]:
    allowed = {country.upper() for country in settings.texts("countries")}
    if not allowed:
        return allowed
    import phonenumbers

    if not allowed <= phonenumbers.SUPPORTED_REGIONS:
        raise ConfigError("countries must be two-letter codes of ISO 3166 (GB, not UK)")
    return allowed


def _evaluate(user: UserView, settings: Settings) -> Results:
    allowed = _allowed(settings)
    numbers = [p.number for p in phones_of(user) if p.kind != "SOFT_PHONE"]
    if not allowed:
        yield NotApplicable("no countries are configured")
        return
    if all(number is MISSING for number in numbers):
        yield NotApplicable("the user has no desk phone")
    for number in numbers:
        if number is UNKNOWN:
            yield unknown("a desk phone's number")
        elif isinstance(number, str) and not _countries(number) & allowed:
            yield Violation(
                "the desk phone's country is not in countries. Change the number, or list it.",
                user,
            )


RULE = Rule(
    name="connect-user-desk-phone-country",
    family="operations",
    title="Desk phones should be in listed countries.",
    severity="medium",
    level="advisory",
    framework=connect_security("Toll fraud"),
    why="Every contact that reaches a desk phone is an outbound call. A number abroad, or a "
    "premium-rate number, is a known way to commit toll fraud.",
    steps="Use a number of a listed country.",
    sources=(PHONE_CONFIG,),
    config={
        "countries": texts("Two-letter codes (ISO 3166). Empty: the rule is not applied."),
    },
    verify=_allowed,
    evaluate=_evaluate,
    reads=("phoneConfig",),
    good=case(
        config={"countries": ["US"]},
        phoneConfig={"phoneType": "DESK_PHONE", "deskPhoneNumber": "+12065550100"},
    ),
    bad=case(
        config={"countries": ["US"]},
        phoneConfig={"phoneType": "DESK_PHONE", "deskPhoneNumber": "+442079460000"},
    ),
)
