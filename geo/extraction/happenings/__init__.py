"""What happens in a sentence: its triggers, told from words that only look like them, and joined into deeds."""
