"""Tests of the code itself: what STYLE.md asks and a machine can hold."""
