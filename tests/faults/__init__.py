"""Ending the program at the worst moments: `make faults`."""
