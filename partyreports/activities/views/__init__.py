"""Pages of dialogues and inspections."""
