"""Only clients are made: boto3's data describe its resources."""

datas: list[tuple[str, str]] = []
