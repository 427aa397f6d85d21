"""What every room stands on: faults with their places, files, printable text."""
