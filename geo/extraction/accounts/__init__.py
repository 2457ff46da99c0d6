"""What one document tells of one happening: drafts put together, weighed, and made an account."""
