"""Look-ups in an in-memory Connect that has one instance of each identity mode."""

from typing import Any

import pytest

from pulumi_connect_users.core.errors import LookUpUnavailable
from pulumi_connect_users.core.lookups import Catalog, InstanceFacts, Kind
from pulumi_connect_users.model.user import IdentityManagementType
from tests.support.twin import Twin
from tests.support.twin_process import ARNS, TwinLookups
from tests.support.valid_users import bag_of


class Offline(TwinLookups):
    """The look-ups of a process that reaches nothing."""

    def instance(self, id_or_arn: str) -> InstanceFacts:
        """See `Lookups`."""
        raise LookUpUnavailable("DescribeInstance: the endpoint cannot be reached.")

    def catalog(self, instance_arn: str, kind: Kind, *, fresh: bool = False) -> Catalog:
        """See `Lookups`."""
        raise LookUpUnavailable("List: the endpoint cannot be reached.")


@pytest.fixture(scope="module")
def session() -> TwinLookups:
    """What one provider process knows."""
    return TwinLookups(Twin())


@pytest.fixture(scope="module")
def offline() -> TwinLookups:
    """A process that reaches nothing."""
    return Offline(Twin())


@pytest.fixture
def bag() -> Any:
    """Makes a valid bag of inputs for a mode, with changes by wire path."""

    def make(mode: IdentityManagementType = "CONNECT_MANAGED", **changes: Any) -> dict[str, Any]:
        return bag_of(mode, ARNS[mode], changes)

    return make
