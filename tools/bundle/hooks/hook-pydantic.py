"""Pydantic imports its modules by name; its version 1 and mypy's plugin are for others."""

from PyInstaller.utils.hooks import collect_submodules  # type: ignore[import-untyped]

UNNEEDED = ("pydantic.deprecated", "pydantic.mypy", "pydantic.v1")

hiddenimports = collect_submodules("pydantic", filter=lambda name: not name.startswith(UNNEEDED))
