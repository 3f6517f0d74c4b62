"""${{ values.name }}: a worker that does its work in rounds."""
