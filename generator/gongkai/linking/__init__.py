"""Records -> one immutable SiteData."""
