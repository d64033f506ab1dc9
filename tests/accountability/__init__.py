"""Tests of accountability."""
