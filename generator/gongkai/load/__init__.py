"""YAML text -> located, well-shaped records."""
