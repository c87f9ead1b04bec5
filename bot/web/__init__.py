"""Pages that customers open: so far that of a ticket."""
