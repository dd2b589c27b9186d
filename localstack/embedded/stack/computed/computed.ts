import { createHash } from 'node:crypto';

/** What a computed attribute may be made of. */
export interface ComputedContext {
  readonly region: string;
  readonly accountId: string;
  /** `type.name` in the file: what generated ids are derived from, so that they stay the same from run to run. */
  readonly address: string;
  /** Another attribute of the same resource as a string; an error names it where the resource has none. */
  get(attribute: string): string;
  /** The same, or undefined where it is not written in the file. */
  optional(attribute: string): string | undefined;
}

/** Attributes that AWS fills in. One that the file sets itself wins over these. */
export type ComputedAttributes = Readonly<Record<string, (context: ComputedContext) => unknown>>;

/** Resource types of one service. */
export type ComputedTypes = Readonly<Record<string, ComputedAttributes>>;

/** Stable stand-in for an id that AWS would draw: letters and digits, not starting with a digit. */
export function stableId(address: string, length: number): string {
  const digits = BigInt(`0x${createHash('sha512').update(address).digest('hex')}`).toString(36);
  return `a${digits}`.slice(0, length);
}

/** UUID-shaped form of the same. */
export function stableUuid(address: string): string {
  const hex = createHash('sha256').update(address).digest('hex');
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*/, '$1-$2-4$3-8$4-$5');
}

/** Name of a resource that may leave it to Terraform (`name_prefix`, or nothing). */
export const generatedName = (context: ComputedContext) =>
  `${context.optional('name_prefix') ?? 'terraform-'}${stableId(context.address, 12)}`;

export const same = (attribute: string) => (context: ComputedContext) => context.get(attribute);
