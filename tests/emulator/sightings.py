"""What AWS was seen to answer, and where: the page's table, shown by `test_sightings.py` by name.

A sighting is an answer of AWS that was published: an example, a test suite, a report. It is
`second_hand` where a program that calls AWS only expects the answer.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sighting:
    """One answer; the test is `test_` and its name."""

    name: str
    answer: str
    operations: tuple[str, ...]
    source: str
    second_hand: bool = False


_READS = ("DescribeUser", "SearchUsers")
_USERNAMES = (
    "Salesforce Help, Use Customized Usernames for Contact Centers; ServiceCloudVoiceLambdas#41"
)
_TERRAFORM = "terraform-provider-aws, acceptance tests of aws_connect_user"

SIGHTINGS = (
    Sighting(
        "status_that_the_agent_has_is_refused",
        'The status that the agent already has is refused: "User already in requested status".',
        ("PutUserStatus",),
        "a program that sets statuses on AWS and expects this InvalidRequestException",
        second_hand=True,
    ),
    Sighting(
        "user_of_connects_directory_has_a_directory_user_id",
        "A user of a CONNECT_MANAGED instance has a DirectoryUserId that was not asked for; one "
        "that was given is kept.",
        ("CreateUser", *_READS),
        f"{_TERRAFORM} (testAccUser_basic); AWS CLI, example of describe-user",
    ),
    Sighting(
        "list_of_users_may_have_no_times",
        "LastModifiedTime and LastModifiedRegion may be missing: `emulator control --times off`.",
        ("ListUsers",),
        "boto3#3927; AWS CLI, example of list-users",
    ),
    Sighting(
        "hierarchy_levels_are_numbers",
        "The levels' ids are 1 to 5, their ARNs end in `agent-group-level/1` to `/5`.",
        (
            "DescribeUserHierarchyGroup",
            "DescribeUserHierarchyStructure",
            "SearchUserHierarchyGroups",
        ),
        "AWS CLI, examples of describe-user-hierarchy-group and -structure",
    ),
    Sighting(
        "predefined_attributes_are_searched_by_purpose",
        "The field `purposes` can be searched; what is found has no LastModifiedTime.",
        ("SearchPredefinedAttributes",),
        "API reference, example of SearchPredefinedAttributes",
    ),
    Sighting(
        "times_of_change_have_milliseconds",
        "LastModifiedTime has milliseconds.",
        ("DescribePredefinedAttribute", "ListPredefinedAttributes", "DescribeUser", "ListUsers"),
        "API reference, examples of DescribePredefinedAttribute and ListPredefinedAttributes",
    ),
    Sighting(
        "no_tags_are_an_empty_map",
        "Without tags, Tags is empty, not absent.",
        _READS,
        "AWS CLI, example of describe-user",
    ),
    Sighting(
        "missing_desk_phone_number_is_an_empty_text",
        "Without a number, DeskPhoneNumber is empty, not absent.",
        _READS,
        "AWS CLI, example of describe-user",
    ),
    Sighting(
        "last_page_has_a_null_token",
        "On the last page NextToken is null, not absent.",
        ("ListPredefinedAttributes", "every other list and search"),
        "API reference, example of ListPredefinedAttributes; Administrator guide, authentication "
        "profiles",
    ),
    Sighting(
        "next_token_is_long_and_needs_encoding",
        "NextToken has some 560 characters, `/`, `+` and `=` among them.",
        ("ListRoutingProfileManualAssignmentQueues", "every other list and search"),
        "API reference, example of ListRoutingProfileManualAssignmentQueues",
    ),
    Sighting(
        "service_role_has_a_suffix",
        "The service-linked role's name ends in an underscore and 20 letters and digits.",
        ("DescribeInstance", "ListInstances"),
        "Administrator guide, Encryption at rest",
    ),
    Sighting(
        "too_many_items_are_told_by_name_and_limit",
        'A list that is too long is refused as "... must include at most 50 items".',
        ("CreateUser", "every other request with a list"),
        "terraform-provider-aws#33447 and #42108",
    ),
    Sighting(
        "usernames_of_service_cloud_voice_are_taken",
        "Usernames of the forms ALIAS@USERID@ORGID and USERID@ORGID are accepted.",
        ("CreateUser",),
        _USERNAMES,
    ),
    Sighting(
        "user_without_email_is_taken",
        "No e-mail address is needed on a CONNECT_MANAGED instance.",
        ("CreateUser",),
        f"{_TERRAFORM} (testAccUser_basic) and its first example",
    ),
    Sighting(
        "username_of_43_characters_is_taken",
        "A username of 43 characters is accepted on a CONNECT_MANAGED instance.",
        ("CreateUser",),
        _TERRAFORM,
    ),
)
