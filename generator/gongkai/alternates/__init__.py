"""SiteData -> alternate representations of pages and the open data, versioned."""
