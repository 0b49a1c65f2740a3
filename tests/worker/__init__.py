"""Tests of the sweeps, the loop that runs them, and the parent of web server and worker."""
