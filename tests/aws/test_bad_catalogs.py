"""Lists of an instance, from answers that the embedded Connect does not give."""

from pulumi_connect_users.core.lookups import Kind
from tests.support.stand_in_endpoint import ARN, Endpoint, of_json


def test_foundation_of_a_hierarchy_is_no_group(endpoint: Endpoint) -> None:
    """Connect lists an invisible group of level 0, which no user can be in."""
    west = {
        "Id": "g-1",
        "Name": "West",
        "LevelId": "1",
        "HierarchyPath": {"LevelOne": {"Id": "g-1", "Name": "West"}},
    }
    foundation = {"Id": "g-0", "Name": "root", "LevelId": "0"}
    found = of_json({"UserHierarchyGroups": [foundation, west]})
    endpoint.answers["search-user-hierarchy-groups"] = [found]

    assert endpoint.session().catalog(ARN, Kind.HIERARCHY_GROUP).names == {"g-1": "West"}


def test_live_data_of_another_agent_say_nothing_of_this_one(endpoint: Endpoint) -> None:
    """Who is not in the answer is not at work, whoever is."""
    other = {
        "User": {"Id": "u-2", "Arn": f"{ARN}/agent/u-2"},
        "Status": {"StatusArn": f"{ARN}/agent-state/s", "StatusName": "Available"},
        "Contacts": [{"ContactId": "c", "Channel": "VOICE", "AgentContactState": "CONNECTED"}],
    }
    path = ARN.rsplit("/", 1)[-1]
    known = endpoint.answers[path][0]
    endpoint.answers[path] = [known, of_json({"UserDataList": [other]})]
    connect = endpoint.session().connect(ARN)

    assert connect.live_data.activity("u-1") is None
    assert connect.live_data.activity("u-2") is not None
