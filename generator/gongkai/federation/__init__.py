"""Several districts -> one city: what they have published is fetched, checked, kept, joined, and served as a site.

site of a district ─ intake ─▶ the last good copy of its open data ─ part ─▶ District ┬─ site ─▶ files of a site
plans/vocabularies of the city ─ pipeline.check ─▶ SiteData ──────────────────────────┘
"""
