"""The tables of a store, one AWS account; times are seconds since the epoch."""

VERSION = 1
"""Kept in the file (`PRAGMA user_version`); a store of another version is refused."""

TABLES = """
CREATE TABLE instances (
  seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, region TEXT NOT NULL, alias TEXT UNIQUE,
  mode TEXT NOT NULL, client_token TEXT UNIQUE, created REAL NOT NULL, doc TEXT NOT NULL
);
-- Everything in an instance but users: hierarchy groups and levels, profiles, queues, statuses, ...
CREATE TABLE resources (
  seq INTEGER PRIMARY KEY, instance_id TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL,
  parent_id TEXT NOT NULL DEFAULT '', name TEXT NOT NULL, doc TEXT NOT NULL,
  modified REAL NOT NULL, modified_region TEXT NOT NULL,
  UNIQUE (instance_id, kind, id), UNIQUE (instance_id, kind, parent_id, name)
);
CREATE TABLE users (
  seq INTEGER PRIMARY KEY, instance_id TEXT NOT NULL, id TEXT NOT NULL UNIQUE,
  username TEXT NOT NULL, first_name TEXT NOT NULL, last_name TEXT NOT NULL,
  routing_profile_id TEXT NOT NULL, hierarchy_group_id TEXT, doc TEXT NOT NULL,
  modified REAL NOT NULL, modified_region TEXT NOT NULL, proficiencies_modified REAL NOT NULL,
  hidden_until REAL NOT NULL DEFAULT 0, hidden_calls INTEGER NOT NULL DEFAULT 0,
  UNIQUE (instance_id, username)
);
CREATE INDEX users_by_name ON users (instance_id, username COLLATE NOCASE);
CREATE INDEX users_in_order ON users (instance_id, seq);
CREATE INDEX users_by_routing_profile ON users (routing_profile_id);
CREATE INDEX users_by_group ON users (hierarchy_group_id);
CREATE TABLE user_security_profiles (
  user_id TEXT NOT NULL, security_profile_id TEXT NOT NULL,
  PRIMARY KEY (user_id, security_profile_id)
) WITHOUT ROWID;
CREATE INDEX users_by_security_profile ON user_security_profiles (security_profile_id);
CREATE TABLE proficiencies (
  user_id TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, level REAL NOT NULL,
  PRIMARY KEY (user_id, name, value)
) WITHOUT ROWID;
CREATE INDEX proficiencies_by_value ON proficiencies (name, value);
CREATE TABLE tags (
  resource_id TEXT NOT NULL, instance_id TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL,
  PRIMARY KEY (resource_id, key)
) WITHOUT ROWID;
CREATE INDEX tags_by_value ON tags (key, value);
-- Names of deleted users that are still taken (late disappearance).
CREATE TABLE lingering (
  instance_id TEXT NOT NULL, username TEXT NOT NULL, until REAL NOT NULL, calls INTEGER NOT NULL,
  PRIMARY KEY (instance_id, username)
) WITHOUT ROWID;
-- The contact centre at work: who is logged in, and who handles what.
CREATE TABLE live (
  user_id TEXT PRIMARY KEY, status_id TEXT NOT NULL, since REAL NOT NULL, next_status_id TEXT
) WITHOUT ROWID;
CREATE TABLE contacts (
  id TEXT PRIMARY KEY, user_id TEXT NOT NULL, queue_id TEXT NOT NULL, channel TEXT NOT NULL,
  initiation TEXT NOT NULL, state TEXT NOT NULL, since REAL NOT NULL, connected REAL
) WITHOUT ROWID;
CREATE INDEX contacts_by_user ON contacts (user_id);
-- Settings, faults and the request log.
CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE faults (
  id INTEGER PRIMARY KEY, rule TEXT NOT NULL, origin TEXT UNIQUE,
  seen INTEGER NOT NULL DEFAULT 0, fired INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE stalls (
  id INTEGER PRIMARY KEY, operation TEXT NOT NULL, stage TEXT NOT NULL, pid INTEGER NOT NULL,
  since REAL NOT NULL
);
CREATE TABLE buckets (
  key TEXT PRIMARY KEY, tokens REAL NOT NULL, updated REAL NOT NULL
) WITHOUT ROWID;
CREATE TABLE requests (
  id INTEGER PRIMARY KEY AUTOINCREMENT, time REAL NOT NULL, request_id TEXT NOT NULL,
  pid INTEGER NOT NULL, region TEXT NOT NULL, operation TEXT NOT NULL, mutating INTEGER NOT NULL,
  instance_id TEXT, user_id TEXT, status INTEGER, error_code TEXT, params TEXT NOT NULL,
  faults TEXT NOT NULL
);
"""
