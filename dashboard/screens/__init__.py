"""One module a page; each runs top to bottom when Streamlit shows it.

Not named `pages`: Streamlit takes a folder of that name beside the entry for its older kind of app, and the first
visitor of a fresh server would get the bare page without navigation, language and styles.
"""
