"""Words: dates, numbers, references, patient details."""
