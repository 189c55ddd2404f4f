"""The pack's process unpacks a resource once; its verdicts are the SDK's own."""

import json

from tests.support.processes import run_python
from tools.checkout import ROOT

PROGRAM = """
import json
from connect_users_guard.examples.cases import user
from connect_users_guard.examples.as_resources import Example
from connect_users_guard.sdk_cache import cache_unpacking
from tests.support.analyzer import Analyzer, secret

TYPE = "pulumi-python:dynamic/connect:User"
USERS = [
    Example(type=TYPE, props={**user("SAML"), "password": secret("Password123")}),
    Example(type=TYPE, props=user(password="Quokka9moss")),
    Example(type=TYPE, props=user(identityInfo={"firstName": "Zoe\\u0308"})),
    Example(type=TYPE, props=user(tags={"aws:x": "y"})),
    Example(type="aws:s3/bucket:Bucket", props={"bucket": "b"}),
] * 5

def verdicts():
    analyzer, fixing = Analyzer(), Analyzer(level="remediate")
    found = [[list(analyzer.analyze(u).messages), fixing.remediate(u)] for u in USERS]
    return [found, list(analyzer.analyze_stack(USERS).messages)]

before = verdicts()
could = cache_unpacking()
print(json.dumps([could, before == verdicts(), len(json.dumps(before))]))
"""


def test_unpacking_once_changes_no_verdict_and_no_remediation() -> None:
    """In a process of its own, as the pack is one: it changes the SDK there."""
    could, same, size = json.loads(run_python(PROGRAM, cwd=ROOT, check=True).stdout)

    assert could
    assert same
    assert size > 5000
