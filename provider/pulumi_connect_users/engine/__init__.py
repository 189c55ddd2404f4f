"""What every front end shares: one run, property bags, diagnostics."""
