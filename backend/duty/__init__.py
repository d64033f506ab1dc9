"""Duty (值班): roster, swaps, handover, duty log and roll call of a command centre (DL-14, BSS-5, BSS-6)."""
