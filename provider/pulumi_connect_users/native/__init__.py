"""The native plugin: Pulumi's gRPC service over the engine, for every Pulumi language."""
