"""Ready-made configurations, as files for `--policy-pack-config`."""

from pathlib import Path

NAMES = ("advisory", "baseline", "managed-strict", "saml-strict", "starter")


def path(name: str) -> Path:
    """The file of a preset.

    Raises:
        KeyError: the name is unknown.
    """
    if name not in NAMES:
        raise KeyError(f"finding preset {name}: there are {', '.join(NAMES)}.")
    return Path(__file__).with_name(f"{name}.json")
