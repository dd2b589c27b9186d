import { AwsError } from '../types.ts';

/** CBOR (RFC 8949) as far as Smithy's RPC v2 uses it: maps with text keys, lists, text, bytes, numbers, booleans, null, times (tag 1). */
export function encodeCbor(value: unknown): Buffer {
  const parts: Buffer[] = [];
  write(value, parts);
  return Buffer.concat(parts);
}

function write(value: unknown, parts: Buffer[]): void {
  if (value === null || value === undefined) parts.push(Buffer.of(0xf6));
  else if (typeof value === 'boolean') parts.push(Buffer.of(value ? 0xf5 : 0xf4));
  else if (typeof value === 'number') parts.push(number(value));
  else if (typeof value === 'string') parts.push(head(3, Buffer.byteLength(value)), Buffer.from(value));
  else if (value instanceof Uint8Array) parts.push(head(2, value.length), Buffer.from(value));
  else if (value instanceof Date) parts.push(head(6, 1), number(value.getTime() / 1000));
  else if (Array.isArray(value)) {
    parts.push(head(4, value.length));
    for (const item of value) write(item, parts);
  } else {
    const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
    parts.push(head(5, entries.length));
    for (const [key, entry] of entries) {
      write(key, parts);
      write(entry, parts);
    }
  }
}

function number(value: number): Buffer {
  if (Number.isSafeInteger(value)) return value >= 0 ? head(0, value) : head(1, -1 - value);
  const bytes = Buffer.alloc(9, 0xfb);
  bytes.writeDoubleBE(value, 1);
  return bytes;
}

function head(major: number, size: number): Buffer {
  if (size < 24) return Buffer.of((major << 5) | size);
  const bytes = Buffer.alloc(9);
  bytes[0] = (major << 5) | 27;
  bytes.writeBigUInt64BE(BigInt(size), 1);
  return bytes;
}

const BREAK = Symbol('break');

/** Throws AwsError on bytes that are no CBOR. Times become Dates. */
export function decodeCbor(bytes: Buffer): unknown {
  let position = 0;
  return attempt(item);

  function item(): unknown {
    const first = bytes.readUInt8(position++);
    const [major, info] = [first >> 5, first & 31];
    if (major === 7) return simple(info);
    if (info === 31) return indefinite(major);
    const size = argument(info);
    if (major === 0) return size;
    if (major === 1) return -1 - size;
    if (major === 2) return take(size);
    if (major === 3) return take(size).toString();
    if (major === 4) return Array.from({ length: checked(size) }, item);
    if (major === 5) return Object.fromEntries(Array.from({ length: checked(size) }, () => [String(item()), item()]));
    return size === 1 ? new Date(Number(item()) * 1000) : item();
  }

  function argument(info: number): number {
    if (info < 24) return info;
    const width = 1 << (info - 24);
    const field = take(width);
    return width === 8 ? Number(field.readBigUInt64BE()) : field.readUIntBE(0, width);
  }

  function simple(info: number): unknown {
    if (info === 20 || info === 21) return info === 21;
    if (info === 25) return half(take(2).readUInt16BE());
    if (info === 26) return take(4).readFloatBE();
    if (info === 27) return take(8).readDoubleBE();
    return info === 31 ? BREAK : null;
  }

  function indefinite(major: number): unknown {
    const items: unknown[] = [];
    for (let next = item(); next !== BREAK; next = item()) items.push(next);
    if (major === 2) return Buffer.concat(items as Buffer[]);
    if (major === 3) return items.join('');
    if (major === 4) return items;
    return Object.fromEntries(
      items.flatMap((key, index) => (index % 2 === 0 ? [[String(key), items[index + 1]]] : [])),
    );
  }

  function take(size: number): Buffer {
    position += checked(size);
    return bytes.subarray(position - size, position);
  }

  /** Each item takes a byte at least, so a size beyond the end is a lie that must not allocate. */
  function checked(size: number): number {
    if (size > bytes.length - position) throw new RangeError('unexpected end');
    return size;
  }
}

function half(bits: number): number {
  const [sign, exponent, fraction] = [bits & 0x8000 ? -1 : 1, (bits >> 10) & 31, bits & 0x3ff];
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

function attempt<T>(decode: () => T): T {
  try {
    return decode();
  } catch (error) {
    throw new AwsError('SerializationException', `The request is not valid CBOR: ${(error as Error).message}`);
  }
}
