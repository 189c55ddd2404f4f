"""Clients of the embedded Connect, as a user of boto3 makes them."""

from typing import TYPE_CHECKING

import boto3
from botocore.config import Config

if TYPE_CHECKING:
    from types_boto3_connect import ConnectClient as ConnectClient
else:
    from botocore.client import BaseClient as ConnectClient  # the types take seconds to import

REGION = "us-west-2"


def connect_client(
    *,
    region: str = REGION,
    endpoint_url: str | None = None,
    attempts: int = 1,
    read_timeout: float = 30,
    parameter_validation: bool = True,
) -> ConnectClient:
    """A client with made-up credentials, which sends a request once unless told otherwise."""
    return boto3.client(
        "connect",
        region_name=region,
        endpoint_url=endpoint_url,
        aws_access_key_id="local",
        aws_secret_access_key="local",
        config=Config(
            retries={"total_max_attempts": attempts, "mode": "standard"},
            read_timeout=read_timeout,
            parameter_validation=parameter_validation,
        ),
    )
