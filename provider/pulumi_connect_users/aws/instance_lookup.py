"""Looks instances up by id or ARN, and refuses ARNs that the settings cannot reach."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from ..core.arns import LOCAL_ACCOUNT, Arn, instance_and_id, is_uuid, parse_arn
from ..core.errors import ApiError, NotFound, SettingsError, WrongInstance
from ..core.lookups import InstanceFacts
from ..core.run_hooks import RunHooks
from .api import ApiClient
from .clients import Clients
from .pagination import INSTANCES, rows
from .rate_limit import RateLimiter
from .rate_limit_file import SharedBuckets
from .settings import Settings

if TYPE_CHECKING:
    from types_boto3_connect.type_defs import (
        DescribeInstanceResponseTypeDef,
        InstanceSummaryTypeDef,
    )


class InstanceLookup:
    """The instances that one process has seen; its threads share it."""

    def __init__(self, settings: Settings, hooks: RunHooks) -> None:
        self._settings = settings
        self._hooks = hooks
        self._clients = Clients(settings, hooks.origin)
        self._rate_limiter = RateLimiter(
            settings.requests_per_second, settings.burst, SharedBuckets(warn=hooks.warn)
        )
        self._lock = threading.RLock()
        self._facts: dict[str, InstanceFacts | ApiError | SettingsError] = {}

    def seen(self, id_or_arn: str) -> InstanceFacts:
        """The instance, by one DescribeInstance; raises the error of the first time again."""
        with self._lock:
            if id_or_arn not in self._facts:
                try:
                    self._facts[id_or_arn] = self._describe(id_or_arn)
                except (ApiError, SettingsError) as error:
                    self._facts[id_or_arn] = error
            facts = self._facts[id_or_arn]
        if isinstance(facts, InstanceFacts):
            return facts
        raise facts

    def arns(self) -> list[str]:
        """Those of the instances that were seen."""
        with self._lock:
            return sorted({f.arn for f in self._facts.values() if isinstance(f, InstanceFacts)})

    def listed(self) -> list[InstanceSummaryTypeDef]:
        """The instances in the settings' Region and account."""
        call = self.api(self._arn_of_id("(any)")).call
        return list(rows(call, INSTANCES, MaxResults=10))

    def api(self, arn: Arn) -> ApiClient:
        """The client for an instance's account and Region."""
        settings = self._settings
        # Each file of the embedded Connect is an account of its own, with quotas of its own.
        store = f":{settings.store.resolve()}" if settings.store else ""
        endpoint = (settings.endpoint or arn.partition) + store
        return ApiClient(
            self._clients.client(arn.region, arn.account),
            self._rate_limiter,
            scope=f"{endpoint}|{arn.region}|{arn.account}",
            hooks=self._hooks,
        )

    def _describe(self, id_or_arn: str) -> InstanceFacts:
        arn = parse_arn(id_or_arn) or self._arn_of_id(id_or_arn)
        is_arn = id_or_arn.startswith("arn:")
        if is_arn:
            self._refuse_contradictions(arn)
        try:
            answer: DescribeInstanceResponseTypeDef = self.api(arn).call(
                "DescribeInstance", InstanceId=arn.instance
            )
        except NotFound as error:
            alias = "" if is_uuid(arn.instance) else "An alias is not enough: give the id or ARN. "
            raise WrongInstance(
                f"looking up instance {id_or_arn}: there is no such instance {self._where(arn)}. "
                f"{alias}Check the id, Region, profile (connect:profiles) and endpoint; nothing "
                "has changed."
            ) from error
        instance = answer["Instance"]
        if not is_arn and (found := parse_arn(instance["Arn"])):
            self._refuse_account(found)
        if is_arn and instance["Arn"] != id_or_arn:
            raise WrongInstance(
                f"looking up instance {id_or_arn}: {self._where(arn)} it is {instance['Arn']}. "
                "Check account, profile (connect:profiles), endpoint; nothing has changed."
            )
        return InstanceFacts(
            instance["Arn"], instance["IdentityManagementType"], instance.get("InstanceAlias")
        )

    def _arn_of_id(self, instance_id: str) -> Arn:
        """An id alone: the Region comes from the settings, the account from Connect's answer."""
        if instance_and_id(instance_id) is not None:
            raise SettingsError(
                f"looking up instance {instance_id}: that is the id of a resource in an instance. "
                "Give the part before the colon, or the instance's ARN."
            )
        if ":" in instance_id or "/" in instance_id:
            raise SettingsError(
                f"looking up instance {instance_id}: that is neither an id nor an ARN of Amazon "
                "Connect (arn:aws:connect:REGION:ACCOUNT:instance/ID). Correct it."
            )
        region = self._clients.default_region()
        if region is None and self._settings.is_local:
            region = "us-west-2"
        if region is None:
            raise SettingsError(
                f"looking up instance {instance_id}: no Region. Give the ARN, or set "
                "connect:region."
            )
        return Arn(self._clients.partition(region), region, "", instance_id)

    def _refuse_contradictions(self, arn: Arn) -> None:
        """Refuses settings that cannot belong to the ARN, before any call."""
        settings, subject = self._settings, f"using instance {arn.instance_arn}"
        if settings.region and settings.region != arn.region:
            raise WrongInstance(
                f"{subject}: connect:region is {settings.region}, but the ARN's is {arn.region}. "
                "Remove connect:region (the ARN decides), or correct the ARN."
            )
        self._refuse_account(arn)
        if settings.is_local and not arn.is_local:
            raise WrongInstance(
                f"{subject}: {settings.endpoint_source} is `local`, the embedded Connect, whose "
                f"account is {LOCAL_ACCOUNT}, but the ARN's account is {arn.account}. "
                f"Remove {settings.endpoint_source}, or use a local instance."
            )
        if arn.is_local and not settings.is_emulated:
            raise WrongInstance(
                f"{subject}: it belongs to the embedded Connect (account {LOCAL_ACCOUNT}), but "
                f"the endpoint is {settings.endpoint or 'AWS'}. Set connect:endpoint to local."
            )
        if not settings.is_emulated:
            partition = self._clients.partition(arn.region)
            if partition != arn.partition:
                raise WrongInstance(
                    f"{subject}: {arn.region} is in partition {partition}. Correct the ARN."
                )

    def _refuse_account(self, arn: Arn) -> None:
        allowed = self._settings.allowed_account_ids
        if allowed and arn.account not in allowed:
            raise WrongInstance(
                f"using instance {arn.instance_arn}: its account is not among "
                f"connect:allowedAccountIds ({', '.join(allowed)}). Add it, or correct the ARN."
            )

    def _where(self, arn: Arn) -> str:
        settings, profile = self._settings, self._settings.profile_for(arn.account)
        if settings.is_local:
            return f"in Region {arn.region} of the embedded Connect ({settings.endpoint_source})"
        if settings.endpoint:
            using = f", with the profile {profile}" if profile else ""
            return f"at {settings.endpoint} ({settings.endpoint_source}{using})"
        owner = f"the profile {profile}" if profile else "these credentials"
        return f"in Region {arn.region} of the account of {owner}"
