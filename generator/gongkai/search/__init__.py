"""SiteData -> search index files, and the same tokens as the browser."""
