"""The tree of courts as dated data (DL-4, DL-8, DL-10, DL-11, DL-12)."""
