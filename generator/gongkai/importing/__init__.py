"""Import: an office's Word file, PDF, web page or pasted text -> YAML drafts for review.

``readers`` turn any file into blocks (``blocks``), ``recognise`` finds what the blocks are, ``drafting`` writes the
authored format, ``importer`` runs all three, and ``accounting`` checks that no character was lost.
"""
