"""The tables of ``register.db``.

A commitment is a row with its record as JSON; what it can be found by stands in columns and in
tables of few values, so that no filter reads a record. Places count from 0, in the order of the
documents in the index, then in reading order.
"""

from __future__ import annotations

FILE = "register.db"

TABLES = """
CREATE TABLE documents (place INTEGER PRIMARY KEY, key TEXT UNIQUE, commitments INTEGER);
CREATE TABLE leads (place INTEGER PRIMARY KEY, name TEXT, spellings TEXT);
CREATE TABLE themes (place INTEGER PRIMARY KEY, name TEXT UNIQUE);
CREATE TABLE bodies (place INTEGER PRIMARY KEY, name TEXT, said TEXT, UNIQUE (name, said));
CREATE TABLE commitments (
    place INTEGER PRIMARY KEY, id TEXT, document INTEGER, theme INTEGER, body INTEGER,
    lead TEXT, due TEXT, ongoing INTEGER, doubted INTEGER, record TEXT);
CREATE TABLE led (lead INTEGER, commitment INTEGER, PRIMARY KEY (lead, commitment)) WITHOUT ROWID;
CREATE TABLE falling_due (
    day TEXT, commitment INTEGER, PRIMARY KEY (day, commitment)) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5 (
    said, theme, body, content='', columnsize=0, detail=column, tokenize='unicode61');
"""

# made when all rows are in: half the time of keeping them in order
INDEXES = """
CREATE INDEX by_id ON commitments (id);
CREATE INDEX by_document ON commitments (document, due, ongoing);
CREATE INDEX by_theme ON commitments (theme, document);
CREATE INDEX by_body ON commitments (body, document);
CREATE INDEX by_due ON commitments (due, document);
CREATE INDEX by_commitment ON led (commitment, lead);
"""
