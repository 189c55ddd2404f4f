"""The company's directory: who joins, moves and leaves, as a change of a roster file. Pure."""
