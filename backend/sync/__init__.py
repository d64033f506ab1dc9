"""The meeting point with phones and desks: commands in, applied exactly once; live events out. Imports no room."""
