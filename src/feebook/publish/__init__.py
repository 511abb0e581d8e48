"""Year packages become a static site: pages, downloads, a static API. It sees packages and comparisons, never sources."""
