"""Orchestration only: the command line and the Prefect flows."""
