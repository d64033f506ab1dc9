"""Quick-response teams (快速反应小组): who belongs to which, from when until when (BSS-5(3), DL-4(3), DL-8)."""
