"""`make look`: every document and every screen as pictures, to be judged by eye."""
