"""Which countries write and speak what, as ISO 3166-1 alpha-2: where articles and local names follow from it."""

from __future__ import annotations

from geo.places.wordlists import words_of

ARABIC_SPEAKING = words_of("SY LB JO PS IQ KW SA YE OM AE QA BH EG SD LY TN DZ MA MR SO DJ")
ARABIC_NAMES = ARABIC_SPEAKING | words_of("IL TD IR TR")
"""Where names of places may have the Arabic article."""
CYRILLIC_WRITING = words_of("UA RU BY BG MK RS KZ KG")
