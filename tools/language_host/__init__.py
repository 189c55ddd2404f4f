"""A stand-in for Pulumi's Python language host, for machines that cannot download the real one.

The real host comes with every release of Pulumi but is no package of its own; this one carries what
the CLI needs to run, preview, refresh and destroy Python programs and to start policy packs. It is
used beside a CLI built by tools.engine, never beside an official one.
"""
