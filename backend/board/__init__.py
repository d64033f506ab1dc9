"""What one look shows: the command map's and duty desk's board, and an officer's phone, each with its cursor."""
