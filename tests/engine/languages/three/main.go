package main

import (
	"fmt"

	"example.invalid/pulumi-connect-users/sdk/go/connectusers"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		cfg := config.New(ctx, "")
		instance := pulumi.String(cfg.Require("instanceArn"))
		for n := 0; n < 3; n++ {
			_, err := connectusers.NewUser(ctx, fmt.Sprintf("user-%d", n), &connectusers.UserArgs{
				InstanceArn: instance,
				Username:    pulumi.String(fmt.Sprintf("%s.%d", cfg.Require("prefix"), n)),
				IdentityInfo: &connectusers.IdentityInfoArgs{
					FirstName: pulumi.String("Ana"),
					LastName:  pulumi.String("Silva"),
				},
				RoutingProfile:   pulumi.String(cfg.Require("profile")),
				SecurityProfiles: pulumi.StringArray{pulumi.String("Agent")},
			})
			if err != nil {
				return err
			}
		}
		found := connectusers.GetInstanceOutput(ctx, connectusers.GetInstanceOutputArgs{InstanceArn: instance})
		ctx.Export("queues", found.QueueIds())
		users := connectusers.GetUsersOutput(ctx, connectusers.GetUsersOutputArgs{InstanceArn: instance})
		ctx.Export("found", users.Users())
		return nil
	})
}
