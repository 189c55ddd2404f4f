"""The users of one team: the stack's name is the team's, and so is its roster's file."""

from pathlib import Path

import pulumi

import pulumi_connect_users as connect

HERE = Path(__file__).parent
team = pulumi.get_stack()
files = {path.stem: path for path in (HERE / "rosters").iterdir()}
if team not in files:
    raise pulumi.RunError(
        f"team {team} has no file in rosters/. Known: {', '.join(sorted(files))}."
    )

roster = connect.UserRoster(
    team,
    instance=connect.Instance(pulumi.Config().require("instanceArn")),
    users=connect.read_roster(files[team]),
    # Shared by the whole organisation; a roster's own defaults override it.
    defaults={"routing_profile": "Basic Routing Profile", "security_profiles": ["Agent"]},
)

pulumi.export("users", roster.user_ids.apply(len))
