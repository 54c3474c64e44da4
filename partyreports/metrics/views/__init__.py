"""Pages of the room, by noun: reports, their figures, targets, the catalogue."""
