"""Words: references, patient details."""
