"""The rules: what the law and the plans themselves ask of a column, each with its citation and its examples."""
