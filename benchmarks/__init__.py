"""How fast the centre is: real server processes, both databases, load from a process of its own, on loopback only."""
