"""The law of the place: authorities, instruments and their norms as data, and what they ask of a district on a day."""
