"""Annual plans, key projects and decision directories of a district, as a public website.

Read ``generator/pipeline.py`` first: it is the whole flow on one screen.

    load      YAML text -> located, well-shaped records
    link      records -> one immutable Column (units, deadlines, references resolved)
    pages     Column -> Page values, one module per kind of page
    open_data Column -> the JSON and CSV tables of /data/v1/
    write     Page values -> files, in the theme's shell
"""

__version__ = "0.1.0"
