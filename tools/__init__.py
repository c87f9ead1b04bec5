"""Developer tools: set-up, lock files, the local run."""
