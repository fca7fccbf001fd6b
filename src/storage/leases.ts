/** A part that only one process may run, held for a while. */
export interface Lease {
  readonly name: string;
  readonly owner: string;
  /** Grows with every change of owner: a later owner's number is higher. */
  readonly token: number;
}

/** Who holds the parts that only one process may run: WhatsApp's number, the schedulers. */
export interface Leases {
  /** Takes or renews a part. @returns undefined while somebody else holds it */
  hold(name: string, owner: string, forMs: number): Promise<Lease | undefined>;
  /** Frees it, if it is still held. */
  release(lease: Lease): Promise<void>;
}
