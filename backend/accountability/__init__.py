"""Accountability (责任追究): what awaits an explanation, what speaks for and against, and who decides (BSS-12, DL-16)."""
