"""Migrations for the tests of app.migrate."""
