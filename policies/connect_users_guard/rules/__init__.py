"""The rules, one a module; each module has one RULE."""
