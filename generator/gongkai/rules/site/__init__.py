"""Rules on the built site: what readers really get, whatever made it."""
