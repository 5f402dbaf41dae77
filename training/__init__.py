"""Makes the models that the project ships; not installed. One folder a model, run with `python -m`."""
