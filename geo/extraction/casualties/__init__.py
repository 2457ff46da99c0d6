"""People killed and injured, as the words of one sentence count them."""
