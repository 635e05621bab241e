"""Documents and passages to browse, as each door takes and shows them."""
