"""The desk (``gongkai desk``): a clerk edits, checks and publishes ``plans/`` in a browser, on this computer alone.

    browser ─ guards ─▶ app (routes) ─▶ forms (shape + values → fields)     ─▶ templates
                             │          worklist, jobs, changes, importing
                             ▼
                          session ─▶ authoring.edits ─▶ plans/*.yml      (history: what can be undone)
                             └─▶ pipeline.check, kept in memory          (preview: gongkai serve, a process of its own)

The YAML stays the truth: every change is an edit by lines, read back before it is written. What the desk itself keeps
(history, uploads, what was handed over last) lies in the user's state directory, never in the repository or a cache.
"""
