"""A supervisor, a team of agents and a look-up, over the native plugin."""

import pulumi

import pulumi_connect_users.native as connect

centre = connect.Instance(pulumi.Config().require("instanceArn"))
profiles = {"routing_profile": "Basic Routing Profile", "security_profiles": ["Agent"]}

mary = connect.User(
    "mary-major",
    instance=centre,
    username="mary.major",
    identity_info=connect.IdentityInfo(first_name="Mary", last_name="Major"),
    routing_profile="Basic Routing Profile",
    security_profiles=["Agent", "CallCenterManager"],
    tags={"Cost_Center": "42"},
)
team = connect.UserRoster(
    "west",
    instance=centre,
    defaults=profiles,
    users={
        "li.juan": {"identity_info": {"first_name": "Li", "last_name": "Juan"}},
        "nikki.wolf": {"identity_info": {"first_name": "Nikki", "last_name": "Wolf"}},
    },
)
connect.UserStatus("mary-status", user=mary, agent_status="Available")

pulumi.export("mary", mary.user_arn)
pulumi.export("team", team.user_ids)
pulumi.export("queues", connect.get_instance(centre).queue_ids)
