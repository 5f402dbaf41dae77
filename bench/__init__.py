"""One script a figure: prints a table, needs no network. Run with `python -m bench.NAME`."""
