"""Who and what stands where in a sentence, read without a parser: subjects, objects, parties, places."""
