"""What the pages share on the screen: the only room of the core that imports Streamlit."""
