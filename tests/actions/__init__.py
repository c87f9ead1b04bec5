"""What the shopkeeper answers, in tables of turns."""
