"""SDKs of the native plugin for TypeScript and Go: generated from its schema, compiled, packed.

They are kept in the user's cache by the digest of what they are made of. Nothing here is committed
or edited: `make sdks` copies them into the folder `sdks`.
"""
