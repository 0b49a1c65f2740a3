"""What tests stand on: databases, clients, pages, servers, a browser."""
