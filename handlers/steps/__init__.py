"""One dialogue per file, numbered in the order of the SOP."""
