/** A key stands twice in one object: `JSON.parse` would keep the last value and drop the others in silence. */
export class DoubledKeyError extends Error {
  override readonly name = 'DoubledKeyError';
  /** The key with those above it, like `hotel.checkIn`; positions of arrays count from 0. */
  readonly path: string;

  constructor(path: string) {
    super(`"${path}" is given twice`);
    this.path = path;
  }
}

/** A client's JSON. @throws SyntaxError where it is none, DoubledKeyError */
export function parseJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  const doubled = doubledKey(text);
  if (doubled !== undefined) throw new DoubledKeyError(doubled);
  return value;
}

/** An object or array that is open at a place of the text. */
interface Open {
  /** Undefined in an array. */
  readonly keys: Set<string> | undefined;
  at: string | number;
  /** Whether the next string is a key. */
  awaitsKey: boolean;
}

const token = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],]/g;

/** @param text is JSON, so that only its brackets, commas and strings have to be looked at */
function doubledKey(text: string): string | undefined {
  const open: Open[] = [];
  for (const [found] of text.matchAll(token)) {
    const inner = open.at(-1);
    if (found === '{') open.push({ keys: new Set(), at: '', awaitsKey: true });
    else if (found === '[') open.push({ keys: undefined, at: 0, awaitsKey: false });
    else if (found === '}' || found === ']') open.pop();
    else if (found === ',') next(inner);
    else if (inner?.awaitsKey) {
      inner.at = JSON.parse(found) as string;
      inner.awaitsKey = false;
      if (inner.keys?.has(inner.at)) return open.map(({ at }) => at).join('.');
      inner.keys?.add(inner.at);
    }
  }
  return undefined;
}

function next(inner: Open | undefined): void {
  if (inner?.keys !== undefined) inner.awaitsKey = true;
  else if (inner !== undefined) inner.at = Number(inner.at) + 1;
}
