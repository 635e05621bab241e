"""The tables of ``register.db``.

What a commitment can be found by stands in a row of some 60 bytes and in tables of few values; its
record, as JSON, stands apart, so that no filter goes through records. The row has the first team
and the last day; further ones, which few have, stand in tables of their own. Places count from 0,
in the order of the documents in the index, then in reading order. Each spelling of a team says in
which document it stands, and how often it leads there: who may not read that must not see it.
"""

from __future__ import annotations

FILE = "register.db"

TABLES = """
CREATE TABLE documents (place INTEGER PRIMARY KEY, key TEXT UNIQUE, commitments INTEGER);
CREATE TABLE spellings (
    team TEXT, document INTEGER, place INTEGER, spelling TEXT, written INTEGER,
    PRIMARY KEY (team, document, place)) WITHOUT ROWID;
CREATE TABLE themes (place INTEGER PRIMARY KEY, name TEXT UNIQUE);
CREATE TABLE bodies (place INTEGER PRIMARY KEY, name TEXT, said TEXT, UNIQUE (name, said));
CREATE TABLE commitments (
    place INTEGER PRIMARY KEY, id TEXT, document INTEGER, theme INTEGER, body INTEGER,
    lead TEXT, due TEXT, ongoing INTEGER, doubted INTEGER);
CREATE TABLE records (place INTEGER PRIMARY KEY, record TEXT);
CREATE TABLE also_led (
    lead TEXT, commitment INTEGER, PRIMARY KEY (lead, commitment)) WITHOUT ROWID;
CREATE TABLE also_due (
    day TEXT, commitment INTEGER, PRIMARY KEY (day, commitment)) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5 (said, theme, content='', columnsize=0, detail=column);
CREATE VIRTUAL TABLE theme_words USING fts5 (theme, content='', columnsize=0, detail=column);
"""

# made when all rows are in: half the time of keeping them in order
INDEXES = """
CREATE INDEX by_id ON commitments (id);
CREATE INDEX by_document ON commitments (document, due, ongoing, doubted);
CREATE INDEX by_theme ON commitments (theme);
CREATE INDEX by_body ON commitments (body);
CREATE INDEX by_due ON commitments (due, document, id);
CREATE INDEX by_lead ON commitments (lead);
CREATE INDEX by_commitment ON also_led (commitment, lead);
"""
