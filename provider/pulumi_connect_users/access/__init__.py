"""Who can do what in an instance, from its security profiles' permissions. Pure.

    reading = read(api)                              profiles with permissions, all users
    access = review(reading, ...)                    capabilities a person, and the way to Admin
    differences(earlier, access), judge(access, decisions)

Sources: Administrator guide, "List of security profile permissions", "Best practices for security
profiles", "Apply tag-based access control" and "Apply hierarchy-based access control".
"""
