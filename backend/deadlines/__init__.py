"""Calendar, rulebooks and clocks: which deadline a clause gives, when it ends, and whether it was kept."""
