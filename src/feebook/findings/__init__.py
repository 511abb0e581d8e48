"""A guide against CMS: one verdict on every number that it prints, for the days that it is printed for."""
