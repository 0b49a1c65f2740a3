"""Words: dates, names of files, numbers, references, patient details."""
