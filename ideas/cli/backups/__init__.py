"""Backups: everything that an instance knows, in one folder that says what is in it."""
