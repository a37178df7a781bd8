/** A name as SQL, whatever characters it has. */
export function identifier(name: string): string {
  return `\`${name.replace(/[\\`]/g, "\\$&")}\``;
}

/** What a source is called in queries of ours: a name that no column has, or `name.field` could mean a field of that column. */
export const sourceAlias = "`the source`";

/** A column of that source as SQL. */
export function columnOf(name: string): string {
  return `${sourceAlias}.${identifier(name)}`;
}

/** A table by the database and name it has in the server. */
export interface TableName {
  readonly database: string;
  readonly name: string;
}

/** The table's name as SQL. */
export function qualified({ database, name }: TableName): string {
  return `${identifier(database)}.${identifier(name)}`;
}

/** The table that a file means: `table` in the service's own database, or `database.table`. */
export function tableNamed(text: string, service: string): TableName {
  const dot = text.indexOf(".");
  return dot < 0 ? { database: service, name: text } : { database: text.slice(0, dot), name: text.slice(dot + 1) };
}

/** The inverse of `tableNamed`. */
export function shownName({ database, name }: TableName, service: string): string {
  return database === service ? name : `${database}.${name}`;
}
