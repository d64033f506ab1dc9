"""Directives (指令): orders to a court, team or person, from issue to accepted report (BSS-4(5), BSS-5, BSS-8, DL-8, DL-10)."""
