"""A local Amazon Connect with users, for programs, tests and laptops without an AWS account.

`mount(client, store_path)` puts it behind one boto3 client of the same process; `connect-users
emulator serve` puts it behind HTTP. Both work on the same kind of store, one SQLite file. It
imports nothing of the provider, so that it cannot share its mistakes.
"""

from .errors import EmulatorError
from .ids import seeded_id
from .mount import mount
from .request_log import RequestRecord
from .store import Store, open_store

__all__ = ["EmulatorError", "RequestRecord", "Store", "mount", "open_store", "seeded_id"]
