"""How Pulumi marks secrets, outputs and unknown values among property values.

Source: Pulumi, sdk/go/common/resource/plugin/rpc.go and resource/sig/sig.go.
"""

from typing import Final

SIGNATURE: Final = "4dabf18193072939515e22adb298388d"
"""The key of a marked value's kind."""
SECRET: Final = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105
OUTPUT: Final = "d0e6a833031e9bbcd3f4e8bde6ca49a4"
UNKNOWN_TEXT: Final = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
UNKNOWNS: Final = frozenset(
    {
        UNKNOWN_TEXT,
        "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",  # bool
        "3eeb2bf0-c639-47a8-9e75-3b44932eb421",  # number
        "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",  # array
        "030794c1-ac77-496b-92df-f27374a8bd58",  # asset
        "e48ece36-62e2-4504-bad9-02848725956a",  # archive
        "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",  # object
    }
)
