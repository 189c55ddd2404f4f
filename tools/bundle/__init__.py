"""The native plugin as one folder with a Python of its own, for machines without any.

It is made of the wheel, the locked packages and the Python that runs this, by PyInstaller, for the
platform that it runs on. Its bytes depend on these alone.
"""
