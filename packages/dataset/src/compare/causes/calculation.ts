/** A calculation that may be what changed a column. */
export interface Calculation {
  readonly operation: "times" | "plus";
  readonly operand: string;
  /** SQL: whether it gives the current value from the reference, to the precision of the type; NULL or false where not. */
  readonly holds: string;
  /** Whether many another operand would have held as well, because the values are small: then it must hold without rounding. */
  readonly vague: boolean;
  /** SQL: whether it gives the current value without rounding. */
  readonly exact: string;
}
