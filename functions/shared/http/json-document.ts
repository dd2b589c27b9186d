/** A part of a document that `JSON.parse` would change or drop in silence. */
export class UnreadableFieldError extends Error {
  override readonly name = 'UnreadableFieldError';
  /** The key with those above it, like `hotel.checkIn`; positions of arrays count from 0. Undefined where it is the whole document. */
  readonly path: string | undefined;

  constructor(path: string | undefined, problem: string) {
    super(`${path === undefined ? 'The body' : `Field "${path}"`} ${problem}`);
    this.path = path;
  }
}

/**
 * A client's JSON, in which no key stands twice and no number has more digits than it keeps.
 * @throws SyntaxError where it is no JSON, UnreadableFieldError
 */
export function parseJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  checkFields(text);
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

const token = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*|[{}[\],]/g;

/** @param text is JSON, so that its brackets, commas, strings and numbers are all that has to be looked at */
function checkFields(text: string): void {
  const open: Open[] = [];
  const refuse = (problem: string): never => {
    throw new UnreadableFieldError(open.length === 0 ? undefined : open.map(({ at }) => at).join('.'), problem);
  };
  for (const [found] of text.matchAll(token)) {
    const inner = open.at(-1);
    if (found === '{') open.push({ keys: new Set(), at: '', awaitsKey: true });
    else if (found === '[') open.push({ keys: undefined, at: 0, awaitsKey: false });
    else if (found === '}' || found === ']') open.pop();
    else if (found === ',') next(inner);
    else if (!found.startsWith('"')) {
      const loss = lossOf(found);
      if (loss !== undefined) refuse(loss);
    } else if (inner?.awaitsKey) {
      inner.at = JSON.parse(found) as string;
      inner.awaitsKey = false;
      if (inner.keys?.has(inner.at)) refuse('is given twice');
      inner.keys?.add(inner.at);
    }
  }
}

function next(inner: Open | undefined): void {
  if (inner?.keys !== undefined) inner.awaitsKey = true;
  else if (inner !== undefined) inner.at = Number(inner.at) + 1;
}

/** Why the number that is read is not the one that is written; undefined where it is. */
function lossOf(written: string): string | undefined {
  const read = Number(written);
  if (!Number.isFinite(read)) return 'is larger than a number can be: give a text';
  const wanted = decimal(written);
  if (wanted === decimal(String(read))) return undefined;
  return read === 0
    ? 'is nearer to 0 than a number can be: give 0, or a text'
    : 'has more digits than a number keeps: give fewer, or a text';
}

/** A number's digits without zeros around them, and the power of ten behind them: equal for `1.50`, `15e-1` and `1.5`. */
function decimal(written: string): string {
  const [, sign = '', whole = '', fraction = '', power = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(written) ?? [];
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const significant = digits.slice(0, endWithoutZeros(digits));
  if (significant === '') return '0';
  return `${sign}${significant}e${BigInt(power) - BigInt(fraction.length) + BigInt(digits.length - significant.length)}`;
}

/** By a loop: `/0+$/` takes the square of the time where zeros stand within the digits, and a client chooses the digits. */
function endWithoutZeros(digits: string): number {
  let end = digits.length;
  while (digits[end - 1] === '0') end -= 1;
  return end;
}
