"""The YAML config file made into a `Config`; what is wrong is told with file, line and key."""
