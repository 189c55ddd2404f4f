"""`python -m pulumi_connect_users.native.schema`: prints the schema."""

import sys

from . import schema_text

sys.stdout.write(schema_text())
