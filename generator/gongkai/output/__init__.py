"""Pages -> files: shells, bodies, the tree on disk."""
