"""What is personal in a user. Generated from the model: do not edit."""

PERSONAL = {
    "identityInfo.firstName": "the first name",
    "identityInfo.lastName": "the last name",
    "identityInfo.email": "the e-mail address",
    "identityInfo.secondaryEmail": "the secondary e-mail address",
    "identityInfo.mobile": "the mobile number",
    "phoneConfig.deskPhoneNumber": "the number of the desk phone",
}
