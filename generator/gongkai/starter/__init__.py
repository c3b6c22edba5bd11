"""Starting a column in an empty directory, and bringing it to a new version of the program.

``answers`` is what an office says of itself, ``unit_list`` reads its list of units, ``files`` writes the column,
``program`` is the program that lies in it with its hashes, ``upgrade`` takes next year's version.
"""
