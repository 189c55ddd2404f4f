"""Two agents whose shift begins as Available, and who finish their contacts before they go."""

import pulumi

import pulumi_connect_users as connect

config = pulumi.Config()
centre = connect.Instance(config.require("instanceArn"))
shift = config.get("shift") or "monday"

# Agents on a contact right now: true only for this moment.
talking = {
    agent.user.arn
    for agent in connect.get_current_user_data(
        centre, queues=["BasicQueue"], contact_states=["CONNECTED", "CONNECTED_ONHOLD"]
    )
}

for first_name, last_name in (("Mary", "Major"), ("Arnav", "Desai")):
    name = f"{first_name}-{last_name}".lower()
    agent = connect.User(
        name,
        instance=centre,
        username=name.replace("-", "."),
        identity_info=connect.IdentityInfo(
            first_name=first_name, last_name=last_name, email=f"{first_name.lower()}@example.com"
        ),
        password=config.require_secret("password"),
        routing_profile="Basic Routing Profile",
        security_profiles=["Agent"],
        # Set Offline, wait up to two minutes for contacts to end, then delete.
        on_delete="wait",
        delete_wait_seconds=120,
        delete_quick_connects=True,
    )
    # One PutUserStatus for each shift; what agents do afterwards is theirs.
    connect.UserStatus(f"{name}-status", user=agent, agent_status="Available", triggers=[shift])

pulumi.export("talking", len(talking))
