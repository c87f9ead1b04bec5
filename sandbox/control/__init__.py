"""The control API: everything that a page, a test or a load run may do to the sandbox."""
