"""Notices to named people: whom a warning or a breach is told to, found out at that moment, and whether they took note."""
