"""Who can do what in an instance, from its security profiles' permissions. Pure.

    reading = read(api)                              profiles with permissions, all users
    access = Reviewer(...).review(reading)           capabilities a person, and the way to Admin
    differences(earlier, access)                     who gained and lost what
    unreviewed(access, reviews)                      whose decision is missing

Sources: Administrator guide, "List of security profile permissions", "Best practices for security
profiles", "Apply tag-based access control" and "Apply hierarchy-based access control".
"""
