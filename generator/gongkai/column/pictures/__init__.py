"""Pictures as values: what to draw and the same facts as a table. Templates draw them as inline SVG."""
