"""The merchant's SLA: the file, the sweep, the morning."""
