"""Column -> data twins, versioned."""
