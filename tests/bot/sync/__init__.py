"""The sync of shops on the real database, with shops that do what a test tells them."""
