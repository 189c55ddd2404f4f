import * as pulumi from "@pulumi/pulumi";
import * as connect from "@pulumi-connect-users/connect-users";

const config = new pulumi.Config();
const instanceArn = config.require("instanceArn");

for (let n = 0; n < 3; n++) {
    new connect.User(`user-${n}`, {
        instanceArn,
        username: `${config.require("prefix")}.${n}`,
        identityInfo: { firstName: "Ana", lastName: "Silva" },
        routingProfile: config.require("profile"),
        securityProfiles: ["Agent"],
    });
}

export const queues = connect.getInstanceOutput({ instanceArn }).queueIds;
export const found = connect.getUsersOutput({ instanceArn }).users;
