"""One module for each part of the API, each with its own `router`."""
