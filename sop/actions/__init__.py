"""What a person can do: one function each (load, decide, save, tell)."""
