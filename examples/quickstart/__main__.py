"""Mary Major and two colleagues on one Amazon Connect instance."""

import pulumi

import pulumi_connect_users as connect

config = pulumi.Config()
centre = connect.Instance(config.require("instanceArn"))

mary = connect.User(
    "mary-major",
    instance=centre,
    username="mary.major",
    identity_info=connect.IdentityInfo(
        first_name="Mary",
        last_name="Major",
        email="marym@example.com",
    ),
    # Create only: no API of Amazon Connect changes a password later.
    password=config.require_secret("maryPassword"),
    phone_config=connect.PhoneConfig(
        phone_type="SOFT_PHONE",
        auto_accept=True,
        after_contact_work_time_limit=60,
    ),
    routing_profile="Basic Routing Profile",
    security_profiles=["Agent"],
    hierarchy_group="AMER/West/Team 1",
    tags={"Cost_Center": "42"},
)
pulumi.export("mary", mary.user_arn)
