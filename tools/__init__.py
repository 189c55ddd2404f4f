"""What `make` needs: the virtual environment, a complete Pulumi, and the quickstart's stack.

Standard library only, so that any Python 3.11 or newer runs it before anything is installed; only
the generators (`make generate`) import the package.
"""
