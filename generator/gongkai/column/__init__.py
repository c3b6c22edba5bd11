"""Values that all kinds of files speak in: documents, units, entries, pages, fields; the linked column as types."""
