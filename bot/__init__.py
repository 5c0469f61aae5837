"""The process: knows everything, decides nothing."""
