"""Read the YAML config file into a `Config`; each mistake is reported with file, line and key."""
