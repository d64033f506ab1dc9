"""The ground floor: database, time, problems, permissions, audit, outbox, events and commands; knows no court."""
