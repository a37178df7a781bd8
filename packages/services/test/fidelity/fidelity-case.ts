/** A type of an engine and values of it that tools damage. */
export interface FidelityCase {
  /** The type of the column. */
  readonly type: string;
  /** Which values these are, where the type has several lines. */
  readonly of?: string;
  /** As the engine's own SQL (DynamoDB: its own JSON). No two are the same value. */
  readonly values: readonly string[];
  /** Without a row of NULL. */
  readonly notNull?: boolean;
}
