"""The schema and its history; `run.py` brings a database to it, every process checks it at its start."""

NEWEST = "0013"
"""Today's schema, written here so that a start need not load Alembic; a test holds it against the versions."""
