import { type State, stateBytes } from '#test/model/state/layout.ts';

const words = stateBytes / 4;
const statesAPage = 1 << 16;

/**
 * The states that were reached, each once, in the order in which they were reached, and from which one.
 * A hash table of numbers over pages of words: some fifty bytes a state, where a map of strings takes four times that.
 */
export class StateStore {
  readonly #pages: Uint32Array[] = [];
  readonly #parents: Int32Array[] = [];
  /** The state in hand, as bytes and as words. */
  readonly #words = new Uint32Array(words);
  readonly #bytes = new Uint8Array(this.#words.buffer);
  #table = new Int32Array(1 << 16).fill(-1);
  size = 0;

  /** @returns whether the state is new; then it is the last */
  add(state: State, parent: number): boolean {
    this.#bytes.set(state);
    if (this.size * 2 > this.#table.length) this.#grow();
    const mask = this.#table.length - 1;
    let place = hashOf(this.#words, 0) & mask;
    for (;;) {
      const known = this.#table[place] as number;
      if (known < 0) break;
      if (this.#isAt(known)) return false;
      place = (place + 1) & mask;
    }
    this.#table[place] = this.size;
    this.#append(parent);
    return true;
  }

  read(index: number, into: State): void {
    const page = this.#pages[index >>> 16] as Uint32Array;
    const at = (index & (statesAPage - 1)) * words;
    for (let word = 0; word < words; word++) this.#words[word] = page[at + word] as number;
    into.set(this.#bytes);
  }

  /** @returns -1 for the first state */
  parentOf(index: number): number {
    return (this.#parents[index >>> 16] as Int32Array)[index & (statesAPage - 1)] as number;
  }

  #isAt(index: number): boolean {
    const state = this.#words;
    const page = this.#pages[index >>> 16] as Uint32Array;
    const at = (index & (statesAPage - 1)) * words;
    for (let word = 0; word < words; word++) if (page[at + word] !== state[word]) return false;
    return true;
  }

  #append(parent: number): void {
    const index = this.size++;
    if (index >>> 16 === this.#pages.length) {
      this.#pages.push(new Uint32Array(statesAPage * words));
      this.#parents.push(new Int32Array(statesAPage));
    }
    (this.#pages[index >>> 16] as Uint32Array).set(this.#words, (index & (statesAPage - 1)) * words);
    (this.#parents[index >>> 16] as Int32Array)[index & (statesAPage - 1)] = parent;
  }

  #grow(): void {
    const table = new Int32Array(this.#table.length * 2).fill(-1);
    const mask = table.length - 1;
    for (let index = 0; index < this.size; index++) {
      const page = this.#pages[index >>> 16] as Uint32Array;
      let place = hashOf(page, (index & (statesAPage - 1)) * words) & mask;
      while ((table[place] as number) >= 0) place = (place + 1) & mask;
      table[place] = index;
    }
    this.#table = table;
  }
}

function hashOf(from: Uint32Array, at: number): number {
  let hash = 0x9e3779b9;
  for (let word = 0; word < words; word++) {
    hash = Math.imul(hash ^ (from[at + word] as number), 0x85ebca6b);
    hash ^= hash >>> 15;
  }
  hash = Math.imul(hash, 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
