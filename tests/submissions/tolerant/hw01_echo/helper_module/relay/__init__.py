"""Moving bytes."""
