"""How the form of a ticket is filled: answers come to a ticket that is open and given out."""
