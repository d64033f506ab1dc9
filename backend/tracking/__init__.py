"""Positions of phones and trackers: reading, storing, last known places, tracks."""
