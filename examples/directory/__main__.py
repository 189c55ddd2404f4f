"""The users of `roster.yaml`, who log in over SAML."""

from pathlib import Path

import pulumi

import pulumi_connect_users as connect

connect.UserRoster(
    "agents",
    instance=connect.Instance(
        pulumi.Config().require("instanceArn"), identity_management_type="SAML"
    ),
    users=connect.read_roster(Path(__file__).with_name("roster.yaml")),
)
