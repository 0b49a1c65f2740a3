"""What is true about who can use Headroom, and about what it keeps."""

from . import show

blueprints = (show.bp,)
