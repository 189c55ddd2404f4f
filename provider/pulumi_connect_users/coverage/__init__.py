"""Who can take which contacts in a contact centre, before and after a change. Pure.

    reading = read(api, change)                      centre: profiles, groups, agents as they are
    counts = count(centre, before, after, skills)    heads for each queue, proficiency and group
    alarms = alarms_of(counts, Limits())             what falls too far

Sources: Administrator guide, "How routing works", "Concepts: Routing profiles" and "Set up routing
based on agent proficiencies"; API reference, MediaConcurrency and UpdateRoutingCriteria.
"""
