"""`connect-users emulator capture`: a real instance's profiles, hierarchy, queues and statuses."""

from pathlib import Path

import click

from pulumi_connect_users.cli.files import write_text
from pulumi_connect_users.emulator.capture import capture as read_instance
from pulumi_connect_users.emulator.ids import parse_arn


@click.command()
@click.option("--instance", required=True, metavar="ARN", help="The instance to read.")
@click.option("--profile", help="AWS profile to use.")
@click.option("--endpoint", "--endpoint-url", help="A URL instead of AWS's.")
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File to write; defaults to standard output.",
)
def capture(
    *, instance: str, profile: str | None, endpoint: str | None, output: Path | None
) -> None:
    """Write a real instance as a seed file, without its users.

    Calls only Describe and List operations, within AWS's default rates.

    \b
    Example:
      connect-users emulator capture --instance ARN --output centre.yaml
    """
    import boto3
    import yaml
    from botocore.config import Config
    from botocore.exceptions import BotoCoreError, ClientError

    arn = parse_arn(instance)
    if arn is None or arn.kind:
        raise click.BadParameter("expected the ARN of an instance.", param_hint="--instance")
    try:
        client = boto3.Session(profile_name=profile, region_name=arn.region).client(
            "connect",
            endpoint_url=endpoint,
            config=Config(retries={"mode": "adaptive", "total_max_attempts": 10}),
        )
        seed = read_instance(
            client, instance, lambda what: click.echo(f"connect-users: reading {what}", err=True)
        )
    except (BotoCoreError, ClientError, ValueError) as error:
        raise click.ClickException(f"capturing {instance}: {error}") from None
    text = yaml.safe_dump(seed, sort_keys=False, allow_unicode=True)
    write_text(text, output, "writing the seed")
    if output is not None:
        click.echo(f"connect-users: wrote {output}.", err=True)
