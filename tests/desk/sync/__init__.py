"""The sync's pure parts."""
