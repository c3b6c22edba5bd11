"""Bringing a published site to where it is served: a folder, another machine, a branch of git, a zip; or in pieces.

Everything here takes a finished directory, as ``gongkai publish`` leaves it, with its manifest; nothing of it is made
anew. ``destination`` tells by its form what a destination is; ``site`` is the directory as it is sent, ``fragments``
the articles for a portal's own system.
"""
