"""Marks in a user's own workbook. All of it runs in a child process (child.py): what is taken apart here is hostile."""
