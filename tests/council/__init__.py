"""Tests of the package ``council``."""
