"""Fits the line classifiers and the weights of headlines of etl/normalize. Begin with lines."""
