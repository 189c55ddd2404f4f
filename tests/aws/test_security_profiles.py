"""Security profiles and their permissions: one look-up a profile and process, whoever asks."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from pulumi_connect_users.core.lookups import Kind
from tests.support.local_connect import Local
from tests.support.programs import MANAGED_ARN
from tests.support.provider_process import Process, session_over

LIST, DESCRIBE = "ListSecurityProfilePermissions", "DescribeSecurityProfile"


@pytest.fixture
def ids(process: Process) -> dict[str, str]:
    """The ids of AWS's own security profiles."""
    names = process.session.catalog(MANAGED_ARN, Kind.SECURITY_PROFILE).names
    process.local.mark()
    return {name: profile_id for profile_id, name in names.items()}


def _deny(local: Local, operation: str) -> None:
    local.store.control(faults=[{"operation": operation, "kind": "access-denied"}])


def test_profile_is_read_once_for_all_threads(process: Process, ids: dict[str, str]) -> None:
    """Restrictions and tags only where the permissions lead to others."""
    with ThreadPoolExecutor(8) as pool:
        asked = [i for i in ids.values() for _ in range(20)]
        read = list(pool.map(lambda i: process.session.security_profile(MANAGED_ARN, i), asked))

    assert None not in read
    assert Counter(process.local.calls()) == {LIST: len(ids), DESCRIBE: 2}
    assert {one.name for one in read if one} == {"Admin", "CallCenterManager", ""}


def test_another_process_reads_again(process: Process, ids: dict[str, str]) -> None:
    for session in (process.session, session_over(process.local.path)):
        session.security_profile(MANAGED_ARN, ids["Agent"])

    assert process.local.calls().count(LIST) == 2


def test_refused_reads_end_after_two_and_warn_of_nothing(
    process: Process, ids: dict[str, str]
) -> None:
    """Who runs with an older role sees what they saw before."""
    _deny(process.local, LIST)

    for _ in range(3):
        for one in ids.values():
            assert process.session.security_profile(MANAGED_ARN, one) is None

    assert process.local.calls() == [LIST, LIST]
    assert process.warned == []


def test_one_refusal_among_others_hides_one_profile(process: Process, ids: dict[str, str]) -> None:
    """Agents' profiles are read; what leads to others needs its restrictions."""
    _deny(process.local, DESCRIBE)

    read = {
        name: process.session.security_profile(MANAGED_ARN, one) is not None
        for name, one in ids.items()
    }

    leading = {"Admin", "CallCenterManager"}
    assert {name for name, is_read in read.items() if not is_read} == leading
    assert process.local.calls().count(DESCRIBE) == 2


def test_check_of_many_users_costs_one_look_up_a_profile(process: Process) -> None:
    for number in range(20):
        names = ["Agent"] if number % 2 else ["Admin", "QualityAnalyst"]
        process.inputs(username=f"mary.{number}", securityProfiles=names)

    calls = Counter(process.local.calls())
    assert (calls[LIST], calls[DESCRIBE]) == (3, 1)
