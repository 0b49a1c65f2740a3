"""Files that people add: their kinds, cleaning them, and where they are kept."""
