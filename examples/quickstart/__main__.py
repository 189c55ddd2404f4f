"""Mary Major and two colleagues on one Amazon Connect instance."""

import pulumi

import pulumi_connect_users as connect

config = pulumi.Config()
centre = connect.Instance(config.require("instanceArn"))

# What colleagues share stands once; each argument takes plain values and Pulumi's outputs.
softphone = connect.PhoneConfig(
    phone_type="SOFT_PHONE",
    auto_accept=True,
    after_contact_work_time_limit=60,
)

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
    phone_config=softphone,
    routing_profile="Basic Routing Profile",
    security_profiles=["Agent"],
    hierarchy_group="AMER/West/Team 1",
    tags={"Cost_Center": "42"},
)

arnav = connect.User(
    "arnav-desai",
    instance=centre,
    username="arnav.desai",
    identity_info=connect.IdentityInfo(
        first_name="Arnav",
        last_name="Desai",
        email="arnavd@example.com",
    ),
    password=config.require_secret("arnavPassword"),
    phone_config=connect.PhoneConfig(
        phone_type="DESK_PHONE",
        desk_phone_number="+15555551212",
    ),
    routing_profile="Basic Routing Profile",
    security_profiles=["Agent", "QualityAnalyst"],
    hierarchy_group="AMER/West/Team 2",
)

nikki = connect.User(
    "nikki-wolf",
    instance=centre,
    username="nikki.wolf",
    identity_info=connect.IdentityInfo(
        first_name="Nikki",
        last_name="Wolf",
        email="nikkiw@example.com",
    ),
    password=config.require_secret("nikkiPassword"),
    phone_config=softphone,
    routing_profile="Basic Routing Profile",
    security_profiles=["CallCenterManager"],
    hierarchy_group="AMER/West",
    proficiencies=[connect.Proficiency("language", "Spanish", level=4)],
)

pulumi.export("mary", mary.user_arn)
