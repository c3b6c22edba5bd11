"""Records -> one immutable Column."""
