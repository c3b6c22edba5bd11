"""``gongkai serve``: the site as the files on disk describe it now, each page made when it is asked for."""
