"""How the server's own clock is kept, what phones' satellites say of it, and when it jumped (legal time)."""
