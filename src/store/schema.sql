-- The project file of Insiders: one SQLite database that anybody can query.
--
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- PRAGMA application_id is 0x494E5344 ("INSD"), PRAGMA user_version is 1.  The program reads such
-- a file once, works in memory and writes a complete new one in its place; it never changes a file
-- it has opened.  Look and copy freely, but change only copies: the program notices any change and
-- calls the file damaged.  A file with a higher user_version opens read-only, as far as it is
-- understood; tables and columns that are not known are no error.
--
-- For people (never read back by the program; made when there are results):
--
--   customers         one line per customer: customer_id, every feature under its name,
--                     embedding_x, embedding_y (the picture), cluster (0 … by falling value,
--                     -1 = noise, NULL = left out before the model), cluster_name,
--                     is_insider (1/0), silhouette (in the scaled features), membership.
--                     A ready table's columns that would be there twice end in _2, _3 …
--   insiders          view: the customers with is_insider = 1
--   cluster_profile   one line per cluster: name, customers, revenue, their shares, mean and
--                     median of every feature
--   waterfall         what each rule leaves: position, rule, title, lines, customers, revenue
--   sweep             the table model × k with its figures
--
-- For example:
--   SELECT cluster_name, count(*), sum(gross_revenue) FROM customers GROUP BY cluster;

-- Facts by name: program and version that wrote it, saved (UTC), preset, currency,
-- result_sha256 (fingerprint of the results), run (id of the run shown), checksum (SHA-256 over
-- meta, source, parameter, run, artifact without its data, cluster and view).
CREATE TABLE meta (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  value TEXT NOT NULL
);

-- The input: path as it was opened, SHA-256 of its unpacked bytes, their number, how it is
-- written (dialect) and the parameters of the import (recipe).  No line if there is none.
CREATE TABLE source (
  id INTEGER PRIMARY KEY,
  name TEXT,
  path TEXT,
  sha256 TEXT,
  size INTEGER,
  dialect TEXT,
  recipe TEXT
);

-- Every parameter of every step in use, as on the command line.  Names this version does not know
-- are kept.
CREATE TABLE parameter (
  id INTEGER PRIMARY KEY,
  stage TEXT NOT NULL,
  step TEXT NOT NULL,
  name TEXT NOT NULL,
  value TEXT NOT NULL
);

-- The history: one line per clustering that was computed; frozen: 1 if the model of an earlier one
-- was applied instead of fitting anew; seconds_… per stage, wall clock.
CREATE TABLE run (
  id INTEGER PRIMARY KEY,
  run TEXT NOT NULL,
  finished TEXT NOT NULL,
  chain TEXT NOT NULL,
  model TEXT NOT NULL,
  seed INTEGER NOT NULL,
  customers INTEGER NOT NULL,
  k INTEGER NOT NULL,
  silhouette REAL,
  silhouette_picture REAL,
  calinski_harabasz REAL,
  davies_bouldin REAL,
  within REAL,
  result_sha256 TEXT NOT NULL,
  source_sha256 TEXT NOT NULL,
  frozen INTEGER NOT NULL,
  seconds_data REAL,
  seconds_filter REAL,
  seconds_features REAL,
  seconds_prepare REAL,
  seconds_embed REAL,
  seconds_cluster REAL,
  seconds_sweep REAL,
  seconds_profile REAL
);

-- The results as the program reads them: one per stage, and where a frozen model is applied what
-- it was fitted to as well (fitted-prepare, fitted-embed, fitted-cluster).  data is a GVariant "v", little-endian;
-- sha256 is of data; key says what it was computed from.
CREATE TABLE artifact (
  id INTEGER PRIMARY KEY,
  stage TEXT NOT NULL,
  key TEXT NOT NULL,
  kind TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  data BLOB NOT NULL
);

-- The clusters' identities.  colour: 0 … 7, -1 = gold; is_proposed: nobody has named it yet.
CREATE TABLE cluster (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  note TEXT NOT NULL,
  colour INTEGER NOT NULL,
  shape INTEGER NOT NULL,
  is_insider INTEGER NOT NULL,
  is_proposed INTEGER NOT NULL
);

-- Where the window was.
CREATE TABLE view (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  value TEXT NOT NULL
);
