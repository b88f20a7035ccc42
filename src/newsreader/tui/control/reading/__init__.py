"""What is done with the article that is shown: each controller is imported when its key comes."""
