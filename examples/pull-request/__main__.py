"""The agents of a contact centre, who log in over SAML: none has a password."""

import pulumi

import pulumi_connect_users as connect

centre = connect.Instance(pulumi.Config().require("instanceArn"))

AGENTS = {
    "mary-major": ("Mary", "Major", "AMER/West/Team 1"),
    "li-juan": ("Li", "Juan", "AMER/West/Team 1"),
    "carlos-salazar": ("Carlos", "Salazar", "AMER/West/Team 2"),
    "saanvi-sarkar": ("Saanvi", "Sarkar", "EMEA/Dublin/Team 4"),
}
for name, (first, last, team) in AGENTS.items():
    connect.User(
        name,
        instance=centre,
        # Exactly what the identity provider sends as RoleSessionName (case-sensitive).
        username=f"{name}@example.com",
        identity_info=connect.IdentityInfo(first_name=first, last_name=last),
        routing_profile="Basic Routing Profile",
        security_profiles=["Agent"],
        hierarchy_group=team,
        tags={"Team": team},
    )
