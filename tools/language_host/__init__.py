"""Stand-in language hosts for Python, Node.js and Go, for machines that have the engine alone.

`pulumi-language` beside this file starts them, under the name that the CLI looks for. Pulumi's own
hosts are used wherever there are any.
"""
