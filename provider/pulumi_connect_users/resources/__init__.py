"""What a Python program imports, one noun a module; the package's front re-exports it."""
