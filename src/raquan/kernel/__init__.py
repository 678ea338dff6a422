"""What every room speaks in: time, ids, actors, refusals, Vietnamese text."""
