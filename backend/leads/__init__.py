"""Leads (线索): registered in writing at once, reported, triaged, acted on and answered (BSS-4(6), BSS-5(2), BSS-7)."""
