"""Every table, for migrations: importing a table module is what registers it."""

from storage.tables import assessment, base, cycles, material, people, pulse, queues, turns, verification

metadata = base.Base.metadata

__all__ = ["assessment", "base", "cycles", "material", "metadata", "people", "pulse", "queues", "turns", "verification"]
