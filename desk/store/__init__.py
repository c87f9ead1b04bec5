"""The desk's books on PostgreSQL: one file per area, no query anywhere else."""
