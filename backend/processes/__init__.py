"""The processes of one installation: front, backend and worker, started, watched and stopped together."""
