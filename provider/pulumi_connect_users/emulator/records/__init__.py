"""Reading and writing the store's rows; no rule of Connect is decided here."""
