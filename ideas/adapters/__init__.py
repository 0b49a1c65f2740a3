"""What lies outside the app and its database."""
