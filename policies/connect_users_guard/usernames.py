"""Forms that usernames have."""

import re
from typing import Final

_SERVICE_CLOUD_VOICE: Final = re.compile(r"([^@\s]+@)?005[a-zA-Z0-9]{12,15}@00D[a-zA-Z0-9]{12,15}")


def is_service_cloud_voice(username: str) -> bool:
    """Whether Salesforce Service Cloud Voice has made the name.

    ALIAS@USERID@ORGID, in government clouds USERID@ORGID. Source: Salesforce Help, "Use Customized
    Usernames for Contact Centers".
    """
    return _SERVICE_CLOUD_VOICE.fullmatch(username) is not None
