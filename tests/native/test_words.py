"""Messages of the core in the words of programs in every language."""

import pytest

from pulumi_connect_users.core.messages import GO_BACK
from pulumi_connect_users.native.words import in_wire_words


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("identity_info.email: is missing", "identityInfo.email: is missing"),
        ("Give routing_profile or routing_profile_id.", "Give routingProfile or routingProfileId."),
        ("adopt it with adopt=True.", "adopt it with adopt: true."),
        ("Set connect:maxDeletes to 3.", "Set connect-users:maxDeletes to 3."),
        ("unknown setting connect:regoin", "unknown setting connect-users:regoin"),
        ("on_password_change", "onPasswordChange"),
        ("user_arn: is missing", "userArn: is missing"),
        (
            f"It failed. {GO_BACK}",
            "It failed. To undo these changes, revert the program and run `pulumi up`.",
        ),
        ("proficiencies[0].attribute_name", "proficiencies[0].attributeName"),
    ],
)
def test_names_become_those_of_the_wire(written: str, shown: str) -> None:
    """Python's spelling is that of one language."""
    assert in_wire_words(written) == shown


@pytest.mark.parametrize(
    "text",
    [
        "user first_name@example.com is taken",
        "the user my_routing_profile_x exists",
        "arn:aws:connect:us-west-2:000000000000:instance/x",
        "creating user mary.major: Throttled. Run again.",
    ],
)
def test_values_stay_as_they_are(text: str) -> None:
    """A username, an ARN or a part of another word is no name of ours."""
    assert in_wire_words(text) == text
