"""What the end-to-end tests share: a running site, its visitors and its mail."""
