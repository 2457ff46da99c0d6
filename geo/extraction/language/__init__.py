"""The ground of reading: words, sentences, clauses, numbers and forms of English, known to all above."""
