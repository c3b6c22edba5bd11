"""A district with thousands of documents: does it build in time, and can a reader still walk it?"""
