"""What the documents of feeds say: from their bytes to entries, in processes of their own."""
