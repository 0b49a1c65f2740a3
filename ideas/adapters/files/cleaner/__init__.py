"""What reads files from outside, in a process of its own, with an opened file on either side."""
