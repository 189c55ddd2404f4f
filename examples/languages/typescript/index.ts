// Mary Major on one Amazon Connect instance.
import * as pulumi from "@pulumi/pulumi";
import * as connect from "@pulumi-connect-users/connect-users";

const config = new pulumi.Config();

const maryMajor = new connect.User("mary-major", {
    instanceArn: config.require("instanceArn"),
    username: "mary.major",
    identityInfo: {
        firstName: "Mary",
        lastName: "Major",
        email: "marym@example.com",
    },
    // Create only: no API of Amazon Connect changes a password later.
    password: config.requireSecret("maryPassword"),
    phoneConfig: {
        phoneType: connect.PhoneType.SoftPhone,
        autoAccept: true,
        afterContactWorkTimeLimit: 60,
    },
    routingProfile: "Basic Routing Profile",
    securityProfiles: ["Agent"],
    hierarchyGroup: "AMER/West/Team 1",
    tags: { Cost_Center: "42" },
});

export const mary = maryMajor.userArn;
