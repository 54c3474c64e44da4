"""Pages of speeches and of their templates."""
