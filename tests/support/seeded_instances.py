"""Instances full of users as other hands have left them: every mode, every attribute, odd ones."""

from pathlib import Path
from typing import Any

from pulumi_connect_users.emulator import seeded_id
from tests.support.local_connect import Local
from tests.support.programs import MANAGED_ARN, REGION, SAML_ARN

DIRECTORY_ID = "33333333-3333-4333-8333-333333333333"
DIRECTORY_ARN = f"arn:aws:connect:{REGION}:000000000000:instance/{DIRECTORY_ID}"
MODES = {"CONNECT_MANAGED": MANAGED_ARN, "SAML": SAML_ARN, "EXISTING_DIRECTORY": DIRECTORY_ARN}
ODD_NAME = 'Zoë "O\'Neil" \\ 李'


def populate(path: Path, count: int) -> dict[str, int]:
    """Seeds `count` users over the three modes; how many each instance (by mode) has got."""
    local = Local(path)
    shares = {mode: len(range(i, count, 3)) for i, mode in enumerate(MODES)}
    entries = []
    for mode, arn in MODES.items():
        users = [_user(mode, number) for number in range(shares[mode])]
        entries.append(
            {
                "id": arn.rsplit("/", 1)[1],
                "alias": f"population-{mode.lower().replace('_', '-')}",
                "identityManagementType": mode,
                "hierarchyLevels": ["Region", "Area", "Team"],
                "hierarchyGroups": ["EMEA/North/Blue", "EMEA/South/Blue", "EMEA/North"],
                "securityProfiles": [{"name": "Night shift"}],
                "routingProfiles": [{"name": "Évening"}],
                "predefinedAttributes": {"skill": ["Billing", "Cards"]},
                "users": users,
            }
        )
    local.store.seed({"instances": entries})
    _channels(local, shares)
    return shares


def _user(mode: str, number: int) -> dict[str, Any]:
    user: dict[str, Any] = {
        "username": f"agent-{number:04}" if number % 7 else f"agent.{number:04}@example.com",
        "firstName": "Mary" if number % 5 else ODD_NAME,
        "lastName": f"Major {number}",
        "routingProfile": "Évening" if number % 3 else "Basic Routing Profile",
        "securityProfiles": ["Agent", "Night shift"] if number % 2 else ["Agent"],
    }
    if mode != "SAML" and number % 11:
        user["email"] = f"m{number}@example.com"
    if number % 4 == 0:
        user["secondaryEmail"] = f"s{number}@example.com"
        user["mobile"] = "+15555551212"
    if number % 3:
        user["hierarchyGroup"] = ["EMEA/North/Blue", "EMEA/South/Blue", "EMEA/North"][number % 3]
    user["phoneConfig"] = [
        {"phoneType": "SOFT_PHONE", "autoAccept": True, "afterContactWorkTimeLimit": 30},
        {"phoneType": "DESK_PHONE", "deskPhoneNumber": "+15555551212"},
        {"phoneType": "SOFT_PHONE", "persistentConnection": True},
        {},
    ][number % 4]
    if number % 6 == 0:
        user["proficiencies"] = [
            {"attribute": "skill", "value": "Billing", "level": 1 + number % 5},
            {"attribute": "skill", "value": "Cards", "level": 5},
        ]
    if number % 5 == 0:
        user["tags"] = {"Cost_Center": str(number), "Team lead": "é=+-@"}
    return user


def _channels(local: Local, shares: dict[str, int]) -> None:
    """Settings that only per-channel lists can tell."""
    client = local.client
    for mode, arn in MODES.items():
        instance = arn.rsplit("/", 1)[1]
        for number in range(1, min(shares[mode], 40), 9):
            client.update_user_config(
                InstanceId=instance,
                UserId=seeded_id(instance, "agent", str(_user(mode, number)["username"])),
                AutoAcceptConfigs=[
                    {"Channel": "VOICE", "AutoAccept": True, "AgentFirstCallbackAutoAccept": True},
                    {"Channel": "CHAT", "AutoAccept": True},
                ],
                AfterContactWorkConfigs=[
                    {"Channel": "CHAT", "AfterContactWorkConfig": {"AfterContactWorkTimeLimit": 90}}
                ],
                VoiceEnhancementConfigs=[
                    {"Channel": "VOICE", "VoiceEnhancementMode": "NOISE_SUPPRESSION"}
                ],
            )
