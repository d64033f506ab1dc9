"""Migrations of the schema, the same ones for SpatiaLite and PostGIS."""
