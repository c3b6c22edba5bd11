"""Recognisers: what the blocks are, going by the conventions of official documents. No YAML, no register."""
