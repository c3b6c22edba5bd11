"""What is said of Chinese official text: numerals, numbers of documents, deadlines, cells. Knows nothing of ours."""
