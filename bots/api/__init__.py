"""The API: routes, bodies and examples."""
