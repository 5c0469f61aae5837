"""Every table, for migrations: importing a table module is what registers it."""

from storage.tables import base, cycles, material, people, turns

metadata = base.Base.metadata

__all__ = ["base", "cycles", "material", "metadata", "people", "turns"]
