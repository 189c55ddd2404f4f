"""What the password rules know about passwords. Nothing here prints one."""
