"""From an inbound message to a durable reply: turns are run, committed in groups, and only then sent."""
