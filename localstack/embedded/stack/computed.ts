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

/** An attribute that AWS fills in: a text in which `{…}` stands for the region, the account or another attribute, or what makes it. */
export type Computed = string | ((context: ComputedContext) => unknown);

export function compute(computed: Computed, context: ComputedContext): unknown {
  if (typeof computed !== 'string') return computed(context);
  const { region, accountId: account } = context;
  return computed.replace(/\{(\w+)\}/g, (_, name: string) =>
    name === 'region' ? region : name === 'account' ? account : context.get(name),
  );
}

/** Stable stand-in for an id that AWS would draw: letters and digits, not starting with a digit. */
export function stableId(address: string, length: number): string {
  const digits = BigInt(`0x${createHash('sha512').update(address).digest('hex')}`).toString(36);
  return `a${digits}`.slice(0, length);
}

export const drawnId =
  (length: number) =>
  ({ address }: ComputedContext): string =>
    stableId(address, length);

/** UUID-shaped form of the same. */
export function stableUuid({ address }: ComputedContext): string {
  const hex = createHash('sha256').update(address).digest('hex');
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*/, '$1-$2-4$3-8$4-$5');
}

/** Name of a resource that may leave it to Terraform (`name_prefix`, or nothing). */
export const generatedName = (context: ComputedContext) =>
  `${context.optional('name_prefix') ?? 'terraform-'}${stableId(context.address, 12)}`;
