/** A type of Postgres and what it is made of; domains are followed to their base type. `sql` names it in casts. */
export type PostgresType =
  | {
      readonly kind: "base";
      readonly sql: string;
      readonly name: string;
      /** `pg_catalog`, or the extension that brought it. */ readonly home: string;
      readonly schema: string;
    }
  | { readonly kind: "enum"; readonly sql: string; readonly labels: readonly string[] }
  | { readonly kind: "array"; readonly sql: string; readonly element: PostgresType }
  | { readonly kind: "composite"; readonly sql: string; readonly fields: readonly { readonly name: string; readonly type: PostgresType }[] }
  | { readonly kind: "range"; readonly sql: string }
  | { readonly kind: "other"; readonly sql: string };

/** A column of a table or query. */
export interface Described {
  readonly name: string;
  /** Such as `numeric(10,2)`, the domain's name, or `enum('sad','glad')`. */
  readonly source: string;
  readonly type: PostgresType;
}
