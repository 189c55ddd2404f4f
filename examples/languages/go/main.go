// Package main is Mary Major on one Amazon Connect instance.
package main

import (
	"example.invalid/pulumi-connect-users/sdk/go/connectusers"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		cfg := config.New(ctx, "")
		mary, err := connectusers.NewUser(ctx, "mary-major", &connectusers.UserArgs{
			InstanceArn: pulumi.String(cfg.Require("instanceArn")),
			Username:    pulumi.String("mary.major"),
			IdentityInfo: &connectusers.IdentityInfoArgs{
				FirstName: pulumi.String("Mary"),
				LastName:  pulumi.String("Major"),
				Email:     pulumi.String("marym@example.com"),
			},
			// Create only: no API of Amazon Connect changes a password later.
			Password: cfg.RequireSecret("maryPassword"),
			PhoneConfig: &connectusers.PhoneConfigArgs{
				PhoneType:                 connectusers.PhoneTypeSoftPhone,
				AutoAccept:                pulumi.Bool(true),
				AfterContactWorkTimeLimit: pulumi.Int(60),
			},
			RoutingProfile:   pulumi.String("Basic Routing Profile"),
			SecurityProfiles: pulumi.StringArray{pulumi.String("Agent")},
			HierarchyGroup:   pulumi.String("AMER/West/Team 1"),
			Tags:             pulumi.StringMap{"Cost_Center": pulumi.String("42")},
		})
		if err != nil {
			return err
		}
		ctx.Export("mary", mary.UserArn)
		return nil
	})
}
