"""What the law and good practice ask of a column: one rule, one function."""
