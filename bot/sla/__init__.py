"""The merchant's SLA: read from the file, swept by the ticker, listed in the morning."""
