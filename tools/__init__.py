"""Developer tools: set-up, the local run, house lints."""
