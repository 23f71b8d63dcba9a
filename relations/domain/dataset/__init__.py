"""Rules of the dataset files: their form, what holds among records, what a load does with each, what looks wrong."""
