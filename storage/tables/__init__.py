"""Typed tables, one file per subject; the constraints carry the promises. Only storage/ may import them."""
