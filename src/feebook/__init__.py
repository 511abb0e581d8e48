"""What Medicare pays: read code tables, keep them as packages by year, compare them, publish them."""
