"""The databases underneath: connections, transactions, locks, files, a cache. Knows no posts."""
