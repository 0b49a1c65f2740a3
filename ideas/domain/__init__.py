"""The acts: plain functions that change things and record events. They flush, and never commit."""
