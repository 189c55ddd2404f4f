"""The policy pack, as `pulumi preview --policy-pack policies` starts it."""

from pulumi_policy import PolicyPack

from connect_users_guard import DESCRIPTION, PACK, policies
from connect_users_guard.sdk_cache import cache_unpacking

cache_unpacking()
PolicyPack(name=PACK, policies=policies(), description=DESCRIPTION, provider="amazon-connect")
