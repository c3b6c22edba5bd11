"""Annual plans, key projects and decision directories of a district, as a public website.

Read ``pipeline.py`` first: it is the whole flow on one screen. The rooms, each importing only from those below it:

    cli, host     commands; the mkdocs plugin
    desk          a clerk edits, checks and hands over in a browser, on this computer alone
    indexing      records into a search server, for what is too large without one
    serving       the preview: pages made when they are asked for
    federation    what several districts have published -> one site
    pipeline      read -> link -> judge -> write
    delivery      a published site to a folder, another machine, a branch, a zip, or in pieces
    starter       init, upgrade: a column of an office's own, and its next version
    authoring     new, fix, diff, report: edits by lines
    importing     office files -> drafts
    output        pages in the theme's frame, files on disk, releases
    assets        where templates and assets of the theme lie
    site          the pages that gather from files of several kinds
    alternates    the same facts as JSON, CSV, XLSX, Atom, iCalendar, JSON-LD
    search        index and words
    rules         one rule, one function
    linking       names become things; the indexes of everything
    load          YAML text -> located, well-shaped records
    kinds         a folder for each kind of file, and the registry that everybody asks
    column        the values that all kinds speak in
    law           authorities, instruments, norms, and what binds a district on a day
    cache         what is kept between builds
    findings      what is wrong, where, and what to write instead
    extras        libraries that only some need, and how they are installed
    packaged      where files lie that are no modules, in a clone and in the wheel
    text          Chinese official text: numerals, dates, deadlines, cells
"""

__version__ = "0.2.0"
