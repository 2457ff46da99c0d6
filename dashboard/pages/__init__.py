"""One module a page; each runs top to bottom when Streamlit shows it."""
