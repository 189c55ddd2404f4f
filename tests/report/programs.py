"""The programs whose previews are recorded: one team, and what somebody does to it."""

from tests.support.programs import MANAGED_ARN, SAML_ARN

_HEADER = f'''\
import pulumi
import pulumi_connect_users as connect

MANAGED = connect.Instance("{MANAGED_ARN}")
SAML = connect.Instance("{SAML_ARN}")
PASSWORD = pulumi.Output.secret("Corr3ctHorseBattery")


def agent(name, first, last, **changed):
    return connect.User(name, **{{
        "instance": MANAGED,
        "username": name.replace("-", "."),
        "password": PASSWORD,
        "identity_info": {{
            "first_name": first,
            "last_name": last,
            "email": f"{{first}}{{last[0]}}@example.com".lower(),
        }},
        "phone_config": {{"phone_type": "SOFT_PHONE", "after_contact_work_time_limit": 60}},
        "routing_profile": "Basic Routing Profile",
        "security_profiles": ["Agent"],
        "hierarchy_group": "AMER/West/Team 1",
        "tags": {{"Cost_Center": "42"}},
        **changed,
    }})


def over_saml(name, first, last, **changed):
    return connect.User(name, **{{
        "instance": SAML,
        "username": f"{{first}}.{{last}}@example.com",
        "identity_info": {{"first_name": first, "last_name": last}},
        "routing_profile": "Basic Routing Profile",
        "security_profiles": ["Agent"],
        "tags": {{"Cost_Center": "42"}},
        **changed,
    }})


class Team(pulumi.ComponentResource):
    def __init__(self, name):
        super().__init__("acme:people:Team", name)

'''

TEAM = (
    _HEADER
    + """
mary = agent("mary-major", "Mary", "Major")
agent("john-stiles", "John", "Stiles")
agent("jane-roe", "Jane", "Roe")
agent("richard-roe", "Richard", "Roe")
agent("pat-candella", "Pat", "Candella")
agent("akua-mansa", "Akua", "Mansa", on_password_change="replace")
agent("mateo-jackson", "Mateo", "Jackson", proficiencies=[
    {"attribute_name": "language", "attribute_value": "Spanish", "level": 2},
    {"attribute_name": "language", "attribute_value": "French", "level": 3},
])
for first, last in (("Carlos", "Salazar"), ("Martha", "Rivera"), ("Nikki", "Wolf")):
    agent(f"{first}-{last}".lower(), first, last, hierarchy_group="AMER/West/Team 2")
agent("shirley-rodriguez", "Shirley", "Rodriguez")
over_saml("zhang-wei", "Zhang", "Wei")
Team("night")
"""
)

CHANGED = (
    _HEADER
    + """
mary = agent("mary-major", "Mary", "Major", security_profiles=["Admin", "Agent"], identity_info={
    "first_name": "Mary", "last_name": "Stiles", "email": "mary@elsewhere.example.com",
    "mobile": "+15555550100",
})
agent("john-stiles", "John", "Stiles", phone_config={
    "phone_type": "SOFT_PHONE", "after_contact_work_time_limit": 0, "auto_accept": True,
})
agent("jane-roe", "Jane", "Roe", hierarchy_group=None, tags={"Cost_Center": "43", "Site": "A|`B`"})
agent("pat-candella", "Pat", "Candella", username="pat.c")
agent("akua-mansa", "Akua", "Mansa", on_password_change="replace",
      password=pulumi.Output.secret("An0therHorseBattery"))
agent("mateo-jackson", "Mateo", "Jackson", proficiencies=[
    {"attribute_name": "language", "attribute_value": "Spanish", "level": 4},
    {"attribute_name": "language", "attribute_value": "German", "level": 1},
])
for first, last in (("Carlos", "Salazar"), ("Martha", "Rivera"), ("Nikki", "Wolf")):
    agent(f"{first}-{last}".lower(), first, last, hierarchy_group="EMEA/Dublin/Team 4")
agent("shirley-rodriguez", "Shirley", "Rodriguez")
over_saml("zhang-wei-again", "Zhang", "Wei", username="zhang.wei@example.com")
over_saml("li-juan", "Li", "Juan", tags=None)
agent("terry-whitlock", "Terry", "Whitlock", adopt=True)
new = agent("diego-ramirez", "Diego", "Ramirez", tags=None)
agent("paulo-santos", "Paulo", "Santos", tags={
    "Cost_Center": "42", "Buddy": new.user_id,
})
connect.UserStatus("mary-status", user=mary, agent_status="Available")
Team("day")
"""
)

ROSTER = (
    _HEADER
    + """
AGENT = {"routing_profile": "Basic Routing Profile", "security_profiles": ["Agent"]}


def person(first, last):
    email = f"{first}{last[0]}@example.com".lower()
    return {"identity_info": {"first_name": first, "last_name": last, "email": email}}


PEOPLE = {
    "mary.major": person("Mary", "Major"),
    "john.stiles": person("John", "Stiles"),
    "jane.roe": person("Jane", "Roe"),
    "richard.roe": person("Richard", "Roe"),
}
connect.UserRoster(
    "west", instance=MANAGED, users=PEOPLE, defaults=AGENT,
    passwords={name: PASSWORD for name in PEOPLE},
)
"""
)

ROSTER_CHANGED = ROSTER.replace(
    "connect.UserRoster(",
    """\
PEOPLE["mary.major"] = person("Mary", "Stiles") | {"security_profiles": ["Admin"]}
del PEOPLE["john.stiles"], PEOPLE["jane.roe"]
PEOPLE["li.juan"] = person("Li", "Juan")
connect.UserRoster(""",
).replace('    "west",', '    "west", released=["jane.roe"],')

REFUSED = (
    TEAM
    + """
over_saml("kwaku-mensah", "Kwaku", "Mensah", routing_profile="Basic Rooting Profile",
          identity_info={"first_name": "Kwaku", "email": "kwakum@example.com"})
"""
)

CRASHED = (
    TEAM
    + """
agent("wang-xiulan", "Wang", "Xiulan")
raise KeyError("Wang Xiulan <wangx@example.com>", "password=Corr3ctHorseBattery")
"""
)
