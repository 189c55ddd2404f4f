"""Three users, and look-ups of what is there."""

import pulumi

import pulumi_connect_users.native as connect

config = pulumi.Config()
centre = connect.Instance(config.require("instanceArn"))

for n in range(3):
    connect.User(
        f"user-{n}",
        instance=centre,
        username=f"{config.require('prefix')}.{n}",
        identity_info=connect.IdentityInfo(first_name="Ana", last_name="Silva"),
        routing_profile=config.require("profile"),
        security_profiles=["Agent"],
    )

pulumi.export("queues", connect.get_instance(centre).queue_ids)
pulumi.export("found", [{"username": user.username} for user in connect.get_users(centre)])
