"""The drawing and the table of docs/architecture.md, made from the imports."""
