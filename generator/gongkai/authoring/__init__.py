"""The editor's verbs, never in the build path."""
