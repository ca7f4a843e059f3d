"""The histories of the two files' tables: revisions that stand alone, from the first release on."""
