"""The demonstration: example data in a folder of its own, made by people and staff who talk with the real assistant."""
