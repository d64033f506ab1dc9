"""The command centre: everything that owns the database and the rules."""
