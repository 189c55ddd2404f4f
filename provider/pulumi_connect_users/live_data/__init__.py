"""Live data of agents: filters, and GetCurrentUserData's answer."""
