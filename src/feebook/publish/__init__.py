"""Year packages become a static site: pages, downloads, a static API. Sees packages and comparisons, never sources."""
