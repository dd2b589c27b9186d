/** A part of the keys in their order. Bounds may be keys that are not there. */
export interface Range {
  /** First key. */
  readonly from?: string | undefined;
  /** First key that is no longer part of it. */
  readonly to?: string | undefined;
  /** From the last key to the first. */
  readonly reverse?: boolean;
}

/** A chunk of twice as many keys is split: inserting into one stays cheaper than a look at the clock. */
const chunkSize = 256;

/** A map whose keys are also to be had in order, that of their UTF-16 code units. */
export class OrderedMap<Value> {
  readonly #values = new Map<string, Value>();
  /** All keys, ascending over all chunks; none is empty but the only one of an empty map. */
  readonly #chunks: string[][] = [[]];
  /** Changes with the keys, so that an iteration finds its place again. */
  #version = 0;

  get size(): number {
    return this.#values.size;
  }

  get(key: string): Value | undefined {
    return this.#values.get(key);
  }

  has(key: string): boolean {
    return this.#values.has(key);
  }

  set(key: string, value: Value): void {
    if (!this.#values.has(key)) this.#insert(key);
    this.#values.set(key, value);
  }

  delete(key: string): void {
    if (!this.#values.delete(key)) return;
    const { chunk, at } = this.#place(key);
    const keys = this.#chunks[chunk] as string[];
    keys.splice(at, 1);
    if (keys.length === 0 && this.#chunks.length > 1) this.#chunks.splice(chunk, 1);
    this.#version += 1;
  }

  /** The map may change meanwhile: what is put behind the current key is met, and what is deleted there is not. */
  *entries({ from = '', to, reverse = false }: Range = {}): Generator<[key: string, value: Value]> {
    for (const key of reverse ? this.#descending(from, to) : this.#ascending(from, to)) {
      yield [key, this.#values.get(key) as Value];
    }
  }

  *#ascending(from: string, to: string | undefined): Generator<string> {
    let { chunk, at } = this.#place(from);
    for (let version = this.#version; ; at += 1) {
      if (at >= (this.#chunks[chunk]?.length ?? 0)) [chunk, at] = [chunk + 1, 0];
      const key = this.#chunks[chunk]?.[at];
      if (key === undefined || (to !== undefined && key >= to)) return;
      yield key;
      if (version === this.#version) continue;
      version = this.#version;
      ({ chunk, at } = this.#place(key));
      if (this.#chunks[chunk]?.[at] !== key) at -= 1;
    }
  }

  *#descending(from: string, to: string | undefined): Generator<string> {
    let { chunk, at } = to === undefined ? { chunk: this.#chunks.length, at: 0 } : this.#place(to);
    for (let version = this.#version; ; ) {
      if (at === 0) [chunk, at] = [chunk - 1, this.#chunks[chunk - 1]?.length ?? 0];
      at -= 1;
      const key = this.#chunks[chunk]?.[at];
      if (key === undefined || key < from) return;
      yield key;
      if (version === this.#version) continue;
      version = this.#version;
      ({ chunk, at } = this.#place(key));
    }
  }

  #insert(key: string): void {
    const { chunk, at } = this.#place(key);
    const keys = this.#chunks[chunk] as string[];
    keys.splice(at, 0, key);
    if (keys.length > 2 * chunkSize) this.#chunks.splice(chunk + 1, 0, keys.splice(chunkSize));
    this.#version += 1;
  }

  /** Where a key is or belongs. */
  #place(key: string): { chunk: number; at: number } {
    const chunk = Math.max(0, lowest(this.#chunks.length, (index) => (this.#chunks[index]?.[0] ?? '') > key) - 1);
    const keys = this.#chunks[chunk] as string[];
    return { chunk, at: lowest(keys.length, (index) => (keys[index] as string) >= key) };
  }
}

/** The first index for which the test holds, which must hold for all behind it, too. */
function lowest(length: number, test: (index: number) => boolean): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (test(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
