"""Of botocore's data, the services that the plugin calls, or credentials come from."""

from PyInstaller.utils.hooks import collect_data_files  # type: ignore[import-untyped]

SERVICES = ("connect", "secretsmanager", "sso", "sso-oidc", "sts")

hiddenimports = ["html.parser"]
datas = collect_data_files(
    "botocore",
    includes=["cacert.pem", "data/*.json", *(f"data/{service}/**" for service in SERVICES)],
    excludes=["**/examples-1.json"],
)
