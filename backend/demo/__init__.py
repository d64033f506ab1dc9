"""The demo: real geography, invented people, for newcomers, tests and pictures."""
