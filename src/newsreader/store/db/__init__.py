"""The databases underneath: connections, transactions, locks and files; nothing of posts."""
