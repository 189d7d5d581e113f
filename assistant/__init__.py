"""Answering a turn."""
