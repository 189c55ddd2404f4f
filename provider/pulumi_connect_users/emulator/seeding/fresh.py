"""The content of a new store: two instances in us-west-2, CONNECT_MANAGED and SAML."""

import math
import sqlite3
import time

from ..document import Document
from .apply import apply

MANAGED_INSTANCE = "11111111-1111-4111-8111-111111111111"
SAML_INSTANCE = "22222222-2222-4222-8222-222222222222"
REGION = "us-west-2"

_COMMON = Document(
    region=REGION,
    hierarchyLevels=["Region", "Site", "Team"],
    hierarchyGroups=[
        "AMER/West/Team 1",
        "AMER/West/Team 2",
        "AMER/East/Team 3",
        "EMEA/Dublin/Team 4",
    ],
    predefinedAttributes={"language": ["English", "French", "German", "Portuguese", "Spanish"]},
)
SEED = Document(
    instances=[
        {
            "id": MANAGED_INSTANCE,
            "alias": "local-managed",
            "identityManagementType": "CONNECT_MANAGED",
            **_COMMON,
        },
        {
            "id": SAML_INSTANCE,
            "alias": "local-saml",
            "identityManagementType": "SAML",
            **_COMMON,
        },
    ]
)
"""In the form of a seed file; no users."""


def fill(tx: sqlite3.Connection) -> None:
    """Put the fresh content into an empty store."""
    apply(tx, SEED, float(math.floor(time.time())))
