"""Tools of the work place: they run on the Python of the system, before anything is installed."""
