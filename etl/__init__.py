"""Newsledger: a ledger of what the news said.

The way of the data, one direction only:

    load       inputs -> RawPage | Rejection      files and lines, streamed
    normalize  RawPage -> Article | Rejection     headline, dates, authors, body, each with its evidence
    annotate   Article -> Annotations             mentions, claims, times, quantities; spans into the text
    resolve    Annotations -> Entity, groups      names across the archive, copies, repeated statements
    store      all of it -> tables                one batch, one transaction, together with the ledger
    queries    sql/NAME.sql -> rows

Every stage up to `store` is a pure function of its input and the settings. `pipeline.load_partition`
runs them in order; `records` holds what passes between them; `language` what all know of names and words.
"""
