"""The dashboard: pages over a store. The only room that imports streamlit."""
