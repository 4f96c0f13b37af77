"""What a visitor does, done by a real browser against a real server."""
