"""The memory: everything SQLAlchemy."""
