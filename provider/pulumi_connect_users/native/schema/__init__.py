"""The package's schema, from the model: what every Pulumi language knows of it."""

from .package import schema, schema_text

__all__ = ["schema", "schema_text"]
