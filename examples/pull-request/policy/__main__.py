"""The rules that this contact centre holds its users to."""

from pulumi_policy import PolicyPack

from connect_users_guard import policies

PolicyPack(name="contact-centre", policies=policies())
