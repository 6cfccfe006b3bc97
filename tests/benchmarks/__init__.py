"""What measures speed and quality; each states its figures as ratios measured side by side in one run."""
