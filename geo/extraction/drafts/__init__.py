"""What one sentence tells of one happening: its type, days, counts, factuality and source."""
