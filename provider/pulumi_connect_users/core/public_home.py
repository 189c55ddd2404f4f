"""Where the project is published: everything that needs an address derives from this one."""

from typing import Final

PUBLIC_HOME: Final = "example.invalid/pulumi-connect-users"
"""Host and path, as Go writes a module's path."""
HOME_URL: Final = f"https://{PUBLIC_HOME}"
