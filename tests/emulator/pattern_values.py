"""For every regular expression in the service model: values AWS means to accept and to refuse."""

_UUID = "12345678-1111-2222-aaaa-a1b2c3d4e5f6"
_ARN = "arn:aws:connect:us-west-2:123456789012"
_WEIRD = "\u0007"  # a control character: category C

VALUES: dict[str, tuple[list[str], list[str]]] = {
    r"^arn:([a-zA-Z0-9-]+):connect:[a-z]+-[a-z-]+-[0-9]+:[0-9]+:instance/[a-zA-Z0-9_-]+$": (
        [f"{_ARN}:instance/{_UUID}"],
        [_UUID, f"{_ARN}:instance/{_UUID}/agent/x", f" {_ARN}:instance/{_UUID}"],
    ),
    r"^(arn:([a-zA-Z0-9-]+):connect:[a-z]+-[a-z-]+-[0-9]+:[0-9]+:instance/)?[a-zA-Z0-9_-]+$": (
        [_UUID, f"{_ARN}:instance/{_UUID}"],
        ["", "a/b", f"{_ARN}:agent/{_UUID}"],
    ),
    (
        r"^arn:([a-zA-Z0-9-]+):connect:[a-z]+-[a-z-]+-[0-9]+:[0-9]+:"
        r"traffic-distribution-group/[a-zA-Z0-9_-]+$"
    ): ([f"{_ARN}:traffic-distribution-group/{_UUID}"], [_UUID]),
    r"^[a-zA-Z0-9_-]+$": (["a_B-9"], ["", "a b", "a\n"]),
    (
        r"[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}(:[A-Z0-9_$]+){0,1}$"
        r"|^arn:[a-z-]*?:wisdom:[a-z0-9-]*?:[0-9]{12}:[a-z-]*?/[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}"
        r"-[a-f0-9]{4}-[a-f0-9]{12}(?:/[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}"
        r"-[a-f0-9]{12}){0,2}(:[A-Z0-9_$]+){0,1}"
    ): (
        [_UUID, f"{_UUID}:$LATEST", f"arn:aws:wisdom:us-west-2:123456789012:ai-agent/{_UUID}"],
        ["x", f"x{_UUID}", f"{_UUID}:latest"],
    ),
    r"^[\x20-\x21\x23-\x5B\x5D-\x7E]*$": (["", "fine !"], ['"quoted"', "back\\slash", "é"]),
    r"[a-z]{2}(-[a-z]+){1,2}(-[0-9])?": (
        ["us-west-2", "us-gov-west-1", "eu-central-1"],
        ["us", "US-west-2", "us-west-2a", "us-west-22"],
    ),
    r"^[\P{C}\r\n\t]{1,250}$": (["a\tb\r\nc", "é"], ["", _WEIRD, "a" * 251]),
    r"^[\P{C}\r\n\t]{1,127}$": (["a\tb"], ["", _WEIRD, "a" * 128]),
    r"^([$0-9a-zA-Z][_-]?)+$": (["$LATEST", "a-b_c"], ["", "-a", "a--b"]),
    r".*\S.*": ([" a "], ["", "  "]),
    r"^(?!aws:)[a-zA-Z+-=._:/]+$": (["Cost:Center/1"], ["aws:x", "", "a b"]),
    r"^[ a-zA-Z0-9_@-]+$": (["Tier 1 - agents_@"], ["", "a.b", "é"]),
    (
        r"^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})|"
        r"(arn:[a-z0-9-]+:connect:[a-z0-9-]+:(?:([0-9]{12}):instance/[a-z0-9-]+/metric/"
        r"[a-z0-9-]+(?::[a-z0-9-]+)?|aws:metric/[A-Z_]+))$"
    ): ([_UUID, "arn:aws:connect:us-west-2:aws:metric/SERVICE_LEVEL"], ["x", f"{_UUID}x"]),
    r"^[\\P{C}\r\n\t]+$": (["a\tb"], ["", _WEIRD]),
    r"^[\p{L}\p{Z}\p{N}\-_.:=@'|]+$": (["Zoë's list 1|2"], ["", "a/b", "a\tb"]),
    r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{3})?Z?$": (
        ["2026-01-02T03:04:05Z", "2026-01-02T03:04:05.678"],
        ["2026-01-02", "2026-01-02T03:04:05+01:00"],
    ),
    r"^\d{4}-\d{2}-\d{2}$": (["2026-01-02"], ["2026-1-2", "2026-01-02 "]),
    r"(^[\S].*[\S]$)|(^[\S]$)": (["a", "a b"], ["", " a", "a "]),
    r"^(?!d-)([\da-zA-Z]+)([-]*[\da-zA-Z])*$": (
        ["local-managed", "a--b", "9"],
        ["d-0123456789", "-a", "a-", "a_b"],
    ),
    r"^d-[0-9a-f]{10}$": (["d-0123456789"], ["d-012345678", "d-012345678g", "x-0123456789"]),
    r"[^\s@]+@[^\s@]+\.[^\s@]+": (["marym@example.com"], ["mary", "a@b", "a b@c.d"]),
    ".*": (["", "anything"], ["two\nlines"]),
    r"^[^\p{C}]*$": (["", "é"], [_WEIRD]),
    r"^[a-zA-Z0-9-_]+$": (["tar-gz_1"], ["", "a.b"]),
    r"^\P{C}*$": (["", "a b.txt"], [_WEIRD]),
    r"^[a-zA-Z0-9]{64}$": (["a1" * 32], ["a" * 63, "a" * 65]),
    r"[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]+$": (["a\tÿ"], ["", "Ā", _WEIRD]),
    (
        r"^(arn:(aws|aws-us-gov):connect:[a-z]{2}-[a-z]+-[0-9]{1}:[0-9]{1,20}:instance/)?"
        r"[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}$"
    ): ([_UUID, f"{_ARN}:instance/{_UUID}"], ["x", _UUID.upper()]),
    r"^[A-Za-z0-9:/]*$": (["", "10:0/8"], ["10.0.0.0/8", "a b"]),
    r".*\\S.*": ([" a "], ["", "  "]),
    r"^(?!\\.$)(?!\\.\\.$)[\\p{L}\\p{Z}\\p{N}\\-_.:=@'|]+$": (
        ["home", "...", "Zoë 1"],
        [".", "..", "", "a/b"],
    ),
    r"/^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[a-zA-Z\d\S]{8,64}$/": (
        ["Pass@Word1", "aA1aaaaa", "aA1" + "a" * 61, "Äbcdefg1A"],
        ["short1A", "nouppercase1", "NOLOWERCASE1", "NoDigitHere", "With Space1", "aA1" * 22],
    ),
    r"\\+[1-9]\\d{1,14}$": (
        ["+15555551212", "+12", "+123456789012345"],
        ["15555551212", "+0155555512", "+1", "+1234567890123456", "tel:+15555551212"],
    ),
    r"^[\W\S_]*": (["", "Front desk_1", "Zoë"], []),
    r"\\+?[0-9]{1,11}": (["+1555", "1555"], ["", "+", "+123456789012", "1-555"]),
    r"(?!aws:|connect:)[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]+$": (
        ["skill", "é"],
        ["aws:x", "connect:x", "", "Ā"],
    ),
    r"^[-:/A-Za-z0-9]+": ([f"{_ARN}:instance/{_UUID}"], ["", "a b", "a_b"]),
    r"^[0-9a-zA-Z._-]+": (["rule-1.b_c"], ["", "a b"]),
    r"s3://\S+/.+|https://\\S+\\.s3\\.\\S+\\.amazonaws\\.com/\\S+": (
        ["s3://bucket/key", "https://bucket.s3.us-west-2.amazonaws.com/key"],
        ["", "s3://bucket", "https://example.com/key"],
    ),
    r"\+[1-9]\d{1,14}$": (
        ["+15555551212", "+12"],
        ["15555551212", "+0155", "+1", "x+15555551212", "+1555 5551212"],
    ),
    r"^.*[\S]$": (["a", " a"], ["", "a "]),
    r"^$|^[\\p{L}\\p{Z}\\p{N}\\-_.:=@'|]{3,}$": (["", "abc", "Zoë"], ["ab", "a/b/c"]),
    r"^[a-zA-Z0-9_ -]+$": (["my app-1"], ["", "a.b"]),
    r"^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]*$": (
        ["Cost_Center", "Équipe 1", "a/b:c=d+e-f@g", "部門", ""],
        ["aws:x", "a,b", "a#b", "a\tb"],
    ),
    r"^[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}$": ([_UUID], ["x"]),
    (
        r"^(arn:(aws|aws-us-gov):connect:[a-z]{2}-[a-z-]+-[0-9]{1}:[0-9]{1,20}:"
        r"traffic-distribution-group/)?[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-"
        r"[a-f0-9]{12}$"
    ): ([_UUID, f"{_ARN}:traffic-distribution-group/{_UUID}"], ["x"]),
    r"^([\p{L}\p{N}_.:\/=+\-@()']+[\p{L}\p{Z}\p{N}_.:\/=+\-@()']*)$": (
        ["Zoë's view (1)"],
        ["", " a", "a,b"],
    ),
    r"^[a-zA-Z0-9]$": (["a"], ["", "ab", "-"]),
    r"^([\p{L}\p{N}_.:\/=+\-@,()']+[\p{L}\p{Z}\p{N}_.:\/=+\-@,()']*)$": (
        ["A view, (1)"],
        ["", " a", "a;b"],
    ),
    r"^[a-zA-Z0-9\_\-:\/$]+$": (["arn:x/y:$LATEST"], ["", "a b"]),
    r"^([\p{L}\p{Z}\p{N}_.:\/=+\-@]*)$": (["", "token 1"], ["a,b"]),
    r"^[a-zA-Z0-9\_\-:\/]+$": (["arn:x/y"], ["", "$"]),
    r"^[a-zA-Z0-9=\/+_.-]+$": (["abc=="], ["", "a b"]),
    r"^[\\P{C}\r\n\t]*$": (["", "a\tb"], [_WEIRD]),
    r"^[1-5][0-9]{2}$": (["404"], ["604", "40", "4040"]),
    r"^[\\P{C}]*$": (["", "Title"], ["a\tb", _WEIRD]),
}
"""Pattern -> (good values, bad values)."""
