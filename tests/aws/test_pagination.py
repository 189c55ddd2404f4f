"""Pages: all of them, only as they are needed, and never for ever."""

from collections.abc import Mapping
from typing import Any

import pytest

from pulumi_connect_users.aws.pagination import SEARCHED_USERS, Page, Pages, rows
from pulumi_connect_users.core.errors import ServiceFailure
from tests.support.stand_in_endpoint import ARN, Endpoint, of_json


def _pages(*tokens: str | None) -> list[Mapping[str, Any]]:
    """Answers with a user each, and the token of the next."""
    return [
        {"Users": [{"Id": str(number)}]} | ({"NextToken": token} if token else {})
        for number, token in enumerate(tokens)
    ]


def test_rows_of_all_pages_come_in_order() -> None:
    """An empty page, or one without the member, is no end."""
    answers = [*_pages("a"), {"Users": [], "NextToken": "b"}, {"NextToken": "c"}, *_pages(None)]
    asked: list[Mapping[str, Any]] = []

    def call(operation: str, **parameters: Any) -> Mapping[str, Any]:
        asked.append(parameters)
        return answers[len(asked) - 1]

    assert [row["Id"] for row in rows(call, SEARCHED_USERS, MaxResults=1)] == ["0", "0"]
    assert [one.get("NextToken") for one in asked] == [None, "a", "b", "c"]


@pytest.mark.parametrize("tokens", [["a", "a"], ["a", "b", "a"]])
def test_token_that_comes_again_ends_with_an_error(tokens: list[str]) -> None:
    """Round in a circle no page would be the last."""
    answers = iter([*_pages(*tokens), *_pages(*tokens), *_pages(*tokens)])

    with pytest.raises(ServiceFailure, match="its token is that of an earlier page"):
        list(rows(lambda operation, **_: next(answers), SEARCHED_USERS))


def test_search_for_a_user_ends_where_tokens_come_again() -> None:
    """The user is on no page, and there is no last one."""
    pages = Pages(lambda token: Page({"u-1": 1}, "same"))

    assert pages.find("u-1") == 1
    with pytest.raises(ServiceFailure, match="its token is that of an earlier page"):
        pages.find("u-2")


def test_refresh_ends_where_the_search_goes_round_in_a_circle(endpoint: Endpoint) -> None:
    """An endpoint that repeats itself is an error of one user, not a run that hangs."""
    endpoint.answers["search-users"] = [of_json({"Users": [], "NextToken": "same"})]

    with pytest.raises(ServiceFailure):
        endpoint.session().snapshot(ARN, "organization/project/dev").row("u-1")
