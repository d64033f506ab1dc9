"""The delivery ladder: a thing given to a person climbs from channel to channel until a device has it and the person answers."""
