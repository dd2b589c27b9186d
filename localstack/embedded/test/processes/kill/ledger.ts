/** What a client asked for, and what of it was acknowledged: the one must be there after a kill, the rest may be. */

type Kind = 'put' | 'transaction' | 'sent' | 'deleted' | 'started' | 'sold' | 'job';

export class Ledger {
  readonly #asked = new Map<Kind, Set<string>>();
  readonly #answered = new Map<Kind, Set<string>>();
  /** How often each message was received. */
  readonly receives = new Map<string, number>();
  /** Receives without an answer: each may have met some messages. */
  lostReceives = 0;

  /** @returns whether the call was answered */
  async note(kind: Kind, id: string, call: () => Promise<unknown>): Promise<boolean> {
    add(this.#asked, kind, id);
    await call();
    add(this.#answered, kind, id);
    return true;
  }

  asked = (kind: Kind): ReadonlySet<string> => this.#asked.get(kind) ?? new Set();
  answered = (kind: Kind): ReadonlySet<string> => this.#answered.get(kind) ?? new Set();

  received(body: string): void {
    this.receives.set(body, (this.receives.get(body) ?? 0) + 1);
  }

  /** What was acknowledged and is not there, and what is there and nobody asked for. */
  differences(kind: Kind, found: ReadonlySet<string>): string[] {
    const lost = [...this.answered(kind)].filter((id) => !found.has(id)).map((id) => `${kind} ${id} is lost`);
    const strange = [...found].filter((id) => !this.asked(kind).has(id)).map((id) => `${kind} ${id} was not asked for`);
    return [...lost, ...strange];
  }
}

function add(map: Map<Kind, Set<string>>, kind: Kind, id: string): void {
  const ids = map.get(kind) ?? new Set();
  map.set(kind, ids.add(id));
}
