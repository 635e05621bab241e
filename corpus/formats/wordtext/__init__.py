"""What texts of word processors share, whatever their format: lists, roles, tables."""
