"""How well office documents are imported: made-up documents of many layouts, each with its right draft."""
