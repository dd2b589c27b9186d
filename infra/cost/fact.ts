export interface Fact {
  readonly value: number;
  /** What the value is for, or of. */
  readonly unit: string;
  readonly source: string;
  /** Who wrote the source: the seller itself, another who copied the seller's page word for word, or another one. */
  readonly by: 'seller' | 'copy' | 'other';
  /** The seller's own page, where the source is another: compare it before you rely on the price. */
  readonly official?: string;
  /** When the source was read, or when it says that it was; undefined where no source could be read. */
  readonly checked: string | undefined;
  readonly note?: string;
}

export const regionClasses = ['large', 'other'] as const;
/** The large three are us-east-1, us-west-2 and eu-west-1. */
export type RegionClass = (typeof regionClasses)[number];

/** A quota, which may differ by Region. */
export interface Quota extends Omit<Fact, 'value'> {
  readonly values: Readonly<Record<RegionClass, number>>;
  /** What Service Quotas calls it, to ask AWS for more; undefined where AWS does not raise it. */
  readonly askFor: string | undefined;
}
