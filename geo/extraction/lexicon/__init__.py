"""The word lists of data/lexicon, read strictly."""
