"""Every way in which this test changes one thing in a database, made from the database's own schema.

So a table or a column that a migration adds is attacked without anybody having to think of it.
"""

import itertools
import re
import sqlite3


class Refused(Exception):
    """SQLite doesn't let it be stored; whoever writes it past SQLite is found by its own check."""


class Nothing(Exception):
    """There is nothing of the kind to change."""


class Mutation:
    def __init__(self, table, what, how, act):
        self.table, self.what, self.how, self.act = table, what, how, act
        self.name = f"{table}.{what}: {how}" if what else f"{table}: {how}"


class Column:
    def __init__(self, row, check_values, refers_to):
        _, self.name, self.type, self.is_required, self.default, self.key = row
        self.check_values, self.refers_to = check_values, refers_to


class Table:
    def __init__(self, db, name):
        self.name = name
        sql = db.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (name,)).fetchone()[0]
        refers = {row[3]: (row[2], row[4] or "id") for row in db.execute(f"PRAGMA foreign_key_list({name})")}
        self.columns = [Column(row, allowed_values(sql, row[1]), refers.get(row[1]))
                        for row in db.execute(f"PRAGMA table_info({name})")]
        self.keys = [c.name for c in sorted((c for c in self.columns if c.key), key=lambda c: c.key)]
        self.order = ", ".join(self.keys) or "rowid"
        unique = set(self.keys)
        for index in db.execute(f"PRAGMA index_list({name})").fetchall():
            if index[2]:
                unique.update(row[2] for row in db.execute(f"PRAGMA index_info({index[1]})"))
        self.unique = [c for c in self.columns if c.name in unique]

    def rows(self, db):
        names = ", ".join(f'"{c.name}"' for c in self.columns)
        return db.execute(f"SELECT {names} FROM {self.name} ORDER BY {self.order}").fetchall()

    def at(self, name):
        return next(i for i, c in enumerate(self.columns) if c.name == name)

    def delete(self, db, row):
        terms = " AND ".join(f'"{c.name}" IS ?' for c in self.columns)
        if db.execute(f"DELETE FROM {self.name} WHERE {terms}", row).rowcount != 1:
            raise SystemExit(f"{self.name}: there is no such row, or several: {row}")

    def insert(self, db, row):
        db.execute(f"INSERT INTO {self.name} VALUES ({', '.join('?' * len(row))})", row)

    def replace(self, db, old, new):
        """Stored again, so that keys and all can change."""
        self.delete(db, old)
        self.insert(db, new)


def allowed_values(sql, column):
    found = re.search(rf"\b{column}\s+IN\s*\(([^)]*)\)", sql)
    return re.findall(r"'([^']*)'", found.group(1)) if found else []


def tables_of(db):
    """All but SQLite's own, and virtual ones: what those store lies in tables of their own."""
    return [Table(db, name) for (name,) in db.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'sqlite_*'"
        " AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name").fetchall()]


def other_values(db, table, column, value):
    """Values that a person would put there instead, the most plausible first."""
    yield from (v for v in column.check_values if v != value)
    if column.refers_to:
        there, key = column.refers_to
        yield from (v for (v,) in db.execute(f"SELECT {key} FROM {there} ORDER BY {key} DESC").fetchall() if v != value)
    if isinstance(value, int):
        present = {v for (v,) in db.execute(f'SELECT DISTINCT "{column.name}" FROM {table.name}')}
        yield 1 - value if present <= {0, 1, None} else value + 1
        yield from (value - 1, value + 1000)
    elif isinstance(value, str):
        yield from (value + "x", value[1:] + "y")
    elif isinstance(value, bytes):
        yield from (bytes([value[0] ^ 1]) + value[1:] if value else b"\1", value + b"\0")
    elif column.type == "INTEGER":
        yield from (1, 2, 1_900_000_000_000)
    else:
        yield "x" if column.type == "TEXT" else b"\1" * 32


def is_plain(value):
    return value is None or value in (0, "", b"", 1)


def rows_to_change(rows, at, oldest=False):
    """The newest rows first, or the oldest, those that say something before those that don't."""
    return sorted(rows if oldest else reversed(rows), key=lambda row: is_plain(row[at]))


def first_that_holds(db, tries):
    """Does the first of these that SQLite takes."""
    tried = False
    for step in tries:
        tried = True
        db.execute("SAVEPOINT attack")
        try:
            step()
            db.execute("RELEASE attack")
            return
        except sqlite3.IntegrityError:
            db.execute("ROLLBACK TO attack")
            db.execute("RELEASE attack")
    raise Refused() if tried else Nothing()


def with_value(row, at, value):
    return row[:at] + (value,) + row[at + 1:]


def change(table, column, oldest=False):
    at = table.at(column.name)

    def act(db):
        first_that_holds(db, (lambda row=row, value=value: table.replace(db, row, with_value(row, at, value))
                              for row in rows_to_change(table.rows(db), at, oldest)
                              for value in other_values(db, table, column, row[at])))
    return act


def change_from(table, column, value):
    """Which rule of a check speaks of a row can hang on what the row is."""
    at = table.at(column.name)

    def act(db):
        first_that_holds(db, (lambda row=row, other=other: table.replace(db, row, with_value(row, at, other))
                              for row in reversed(table.rows(db)) if row[at] == value
                              for other in column.check_values if other != value))
    return act


def empty(table, column):
    at = table.at(column.name)
    none = {"INTEGER": 0, "TEXT": "", "BLOB": b""}.get(column.type, "") if column.is_required or column.key else None

    def act(db):
        first_that_holds(db, (lambda row=row: table.replace(db, row, with_value(row, at, none))
                              for row in rows_to_change(table.rows(db), at) if row[at] != none))
    return act


def swap(table, column):
    at = table.at(column.name)

    def exchange(db, a, b):
        table.delete(db, a)
        table.delete(db, b)
        table.insert(db, with_value(a, at, b[at]))
        table.insert(db, with_value(b, at, a[at]))

    def act(db):
        rows = rows_to_change(table.rows(db), at)
        first_that_holds(db, (lambda a=a, b=b: exchange(db, a, b) for a, b in itertools.combinations(rows, 2)
                              if a[at] != b[at] and is_plain(a[at]) == is_plain(b[at])))
    return act


def delete_row(table, which):
    def act(db):
        rows = table.rows(db)
        if not rows:
            raise Nothing()
        table.delete(db, rows[which])
    return act


def copy_row(table):
    """A further row such as the newest: of another number, name or token."""
    def others(db, row, column):
        value = row[table.at(column.name)]
        if table.keys == [column.name] and isinstance(value, int):
            return [table.rows(db)[-1][table.at(column.name)] + 1]
        return list(itertools.islice(other_values(db, table, column, value), 20)) + [value]

    def insert(db, row, values):
        for column, value in zip(table.unique, values):
            row = with_value(row, table.at(column.name), value)
        table.insert(db, row)

    def act(db):
        first_that_holds(db, (lambda row=row, values=values: insert(db, row, values) for row in reversed(table.rows(db))
                              for values in itertools.product(*(others(db, row, c) for c in table.unique))))
    return act


def of_tables(db):
    for table in tables_of(db):
        for column in table.columns:
            yield Mutation(table.name, column.name, "changed", change(table, column))
            yield Mutation(table.name, column.name, "changed in the oldest row", change(table, column, oldest=True))
            for value in column.check_values:
                yield Mutation(table.name, column.name, f"changed from {value}", change_from(table, column, value))
            yield Mutation(table.name, column.name, "emptied", empty(table, column))
            yield Mutation(table.name, column.name, "swapped", swap(table, column))
        yield Mutation(table.name, "", "oldest row deleted", delete_row(table, 0))
        yield Mutation(table.name, "", "newest row deleted", delete_row(table, -1))
        yield Mutation(table.name, "", "row forged", copy_row(table))


def of_schema(db):
    run = lambda sql: lambda db: db.execute(sql)
    for kind, name in db.execute("SELECT type, name FROM sqlite_schema WHERE type <> 'table' AND sql IS NOT NULL"
                                 " ORDER BY type, name").fetchall():
        yield Mutation("schema", f"{kind} {name}", "dropped", run(f"DROP {kind} {name}"))
    for table in tables_of(db):
        if table.name.startswith("audit_text_"):
            continue  # SQLite keeps these to itself
        yield Mutation("schema", f"table {table.name}", "has a trigger",
                       run(f"CREATE TRIGGER forged AFTER INSERT ON {table.name} BEGIN SELECT 1; END"))
        yield Mutation("schema", f"table {table.name}", "has a column more",
                       run(f"ALTER TABLE {table.name} ADD COLUMN forged"))
    yield Mutation("schema", "a table", "added", run("CREATE TABLE forged (a)"))
    yield Mutation("schema", "a view", "added", run("CREATE VIEW forged AS SELECT 1"))
    yield Mutation("schema", "an index", "added", run("CREATE INDEX forged ON messages (text)"))
    for table, column in GIVES_ACCESS:
        yield Mutation("schema", f"an index of {table}.{column}", "finds a row by another value", find_by_another(table, column))


# What opens a door to whoever knows a value of theirs.
GIVES_ACCESS = (("sessions", "token_hash"), ("invites", "token_hash"))


def find_by_another(table, column):
    """An index finds the newest row by another value; the row itself is what it was."""
    def act(db):
        key, value = db.execute(f"SELECT id, {column} FROM {table} ORDER BY id DESC LIMIT 1").fetchone()
        store = lambda new: db.execute(f"UPDATE {table} SET {column} = ? WHERE id = ?", (new, key))
        store(bytes([value[0] ^ 1]) + value[1:])
        schema = db.execute("SELECT type, name, tbl_name, rootpage, sql FROM sqlite_schema ORDER BY rowid").fetchall()
        db.execute("PRAGMA writable_schema = ON")
        db.execute("DELETE FROM sqlite_schema WHERE type = 'index' AND tbl_name = ?", (table,))
        db.execute("UPDATE sqlite_schema SET sql = replace(sql, ' UNIQUE', '') WHERE type = 'table' AND name = ?", (table,))
        db.execute("PRAGMA writable_schema = RESET")
        store(value)  # in the table alone: for now it has no index
        db.execute("PRAGMA writable_schema = ON")
        db.execute("DELETE FROM sqlite_schema")
        db.executemany("INSERT INTO sqlite_schema (type, name, tbl_name, rootpage, sql) VALUES (?, ?, ?, ?, ?)", schema)
        db.execute("PRAGMA writable_schema = RESET")
    return act


def apply(file, mutation):
    """As whoever owns the file: not held by triggers and references, which are there again afterwards."""
    db = sqlite3.connect(file, isolation_level=None)
    try:
        db.execute("PRAGMA synchronous = OFF")
        db.execute("PRAGMA foreign_keys = OFF")
        db.execute("BEGIN")
        triggers = [] if mutation.table == "schema" else db.execute(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            db.execute(f"DROP TRIGGER {name}")
        mutation.act(db)
        for _, sql in triggers:
            db.execute(sql)
        db.execute("COMMIT")
    finally:
        db.close()
