// Two rules for users, and for each user of a roster.
import * as connect from "@pulumi-connect-users/connect-users";
import { PolicyPack, ResourceValidationPolicy, validateResourceOfType } from "@pulumi/policy";
import { Unwrap } from "@pulumi/pulumi";

// What the rules read. The provider finds the names, whether a program gives names or ids.
type Settings = Pick<Unwrap<connect.UserArgs>, "securityProfileNames" | "phoneConfig">;
type Rule = (user: Settings) => string | undefined;

const REVIEWED = ["Agent", "QualityAnalyst"];
const LONGEST_WORK = 300;

const reviewedProfiles: Rule = (user) => {
    const other = user.securityProfileNames?.filter((name) => !REVIEWED.includes(name)) ?? [];
    return other.length > 0 ? `security profile not reviewed: ${other.join(", ")}` : undefined;
};

const shortWork: Rule = (user) => {
    const seconds = user.phoneConfig?.afterContactWorkTimeLimit;
    if (seconds === undefined || (seconds > 0 && seconds <= LONGEST_WORK)) {
        return undefined;
    }
    return `after-contact work must end within ${LONGEST_WORK} seconds`;
};

// A roster holds one canonical JSON text for each user.
function policy(name: string, description: string, rule: Rule): ResourceValidationPolicy {
    return {
        name,
        description,
        validateResource: [
            validateResourceOfType(connect.User, (user, _args, report) => {
                const violation = rule(user);
                if (violation) {
                    report(violation);
                }
            }),
            validateResourceOfType(connect.UserRoster, (roster, _args, report) => {
                for (const [username, user] of Object.entries(roster.users)) {
                    const violation = rule(typeof user === "string" ? JSON.parse(user) : user);
                    if (violation) {
                        report(`${roster.labels?.[username] ?? username}: ${violation}`);
                    }
                }
            }),
        ],
    };
}

new PolicyPack("connect-users-typescript", {
    enforcementLevel: "mandatory",
    policies: [
        policy("reviewed-security-profiles", "Security profiles must be reviewed.", reviewedProfiles),
        policy("short-after-contact-work", "After-contact work must end soon.", shortWork),
    ],
});
