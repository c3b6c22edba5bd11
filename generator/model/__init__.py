"""The vocabulary of the column: frozen, typed, no I/O."""
