"""Resources that do nothing, to measure what the engine itself costs."""

from typing import Any

import pulumi
from pulumi.dynamic import CreateResult, Resource, ResourceProvider


class NoopProvider(ResourceProvider):
    """Returns its inputs. Pickled by reference, as this project's own providers are."""

    serialize_as_secret_always = False

    def create(self, props: dict[str, Any]) -> CreateResult:
        """Creates nothing, under the username."""
        return CreateResult(props["username"], props)


class NoopUser(Resource, module="noop", name="User"):
    """A resource with any properties."""

    def __init__(self, resource_name: str, props: dict[str, Any]) -> None:
        super().__init__(NoopProvider(), resource_name, props)


class NativeNoopUser(pulumi.CustomResource):
    """The same for the no-op plugin of `noop_plugin`."""

    def __init__(self, resource_name: str, props: dict[str, Any]) -> None:
        super().__init__("noop:index:User", resource_name, props)
