/** One step of the database's shape. Once released its SQL never changes: a new step is added instead. */
export interface Migration {
  /** 1, 2, 3… without gaps. */
  readonly id: number;
  readonly name: string;
  /** Statements of PostgreSQL 15 and later, separated by semicolons. Run in one transaction. */
  readonly script: string;
}
