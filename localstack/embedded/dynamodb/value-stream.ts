import { Stream } from 'node:stream';
import type { Level, LevelIterator } from 'dynalite/db/index.js';

const CHUNK = 100;

/**
 * The stored values of a key range as the old-style stream that dynalite's queries read (it must be a `Stream`, else its
 * `lazy` library delivers every value twice). The range is a snapshot of the moment of the call.
 */
export class ValueStream extends Stream {
  readonly #iterator: LevelIterator<unknown>;
  #stopped = false;

  /** `suffix` is appended to the key that a following page starts behind: `gt` going forward, `lt` going backward. */
  constructor(level: Level, prefix: string, range: Record<string, unknown>, suffix: string, forward: boolean) {
    super();
    const bound = (name: string) => (range[name] === undefined ? undefined : `${prefix}${range[name]}`);
    const after = (name: string, isStart: boolean) => {
      const key = bound(name);
      return key !== undefined && isStart ? key + suffix : key;
    };
    const [gt, gte, lt, lte] = [after('gt', forward), bound('gte'), after('lt', !forward), bound('lte')];
    this.#iterator = level.values({
      ...(gt !== undefined ? { gt } : { gte: gte ?? prefix }),
      ...(lte !== undefined ? { lte } : { lt: lt ?? `${prefix}\xff` }),
      reverse: range.reverse === true,
      limit: typeof range.limit === 'number' ? range.limit : -1,
    });
    // The first value comes after a turn of the loop at the earliest: the caller has its listeners attached by then.
    void this.#flow();
  }

  async #flow(): Promise<void> {
    try {
      while (!this.#stopped) {
        const values = await this.#iterator.nextv(CHUNK);
        if (values.length === 0) break;
        for (const value of values) if (!this.#stopped) this.emit('data', value);
      }
      if (!this.#stopped) this.emit('end');
    } catch (error) {
      this.emit('error', error);
    } finally {
      await this.#iterator.close();
    }
  }

  destroy(): void {
    this.#stopped = true;
  }
}
