"""What studies.py is made of."""
