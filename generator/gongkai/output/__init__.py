"""Pages -> files: layouts, bodies, the tree on disk."""
