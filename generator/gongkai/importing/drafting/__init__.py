"""Drafting: recognised things -> the authored YAML, with every guess marked."""
