"""Tags of Jekyll, Octopress, Hexo and Hugo that stand for content, and Obsidian's marks."""
