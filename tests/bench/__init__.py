"""`make bench`: how much work a page is for the server, beside a bare page over the same rows."""
