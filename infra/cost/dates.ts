import type { Fact, Quota } from './fact.ts';
import { prices, quotas } from './facts.ts';

const dayMs = 24 * 60 * 60 * 1000;
const maxAgeDays = 365;

export interface Dates {
  /** A sentence each. */
  readonly old: readonly string[];
  /** Names of facts that no source could be read for. */
  readonly unchecked: readonly string[];
}

type Dated = Pick<Fact | Quota, 'checked' | 'source' | 'official'>;

/** Which facts have to be looked up again. @param today `2026-11-26` */
export function datesOf(today: string, facts: Readonly<Record<string, Dated>> = { ...prices, ...quotas }): Dates {
  const entries = Object.entries(facts);
  return {
    old: entries.flatMap(([name, { checked, source, official = source }]) => {
      if (checked === undefined) return [];
      const days = Math.floor((Date.parse(today) - Date.parse(checked)) / dayMs);
      if (Number.isNaN(days)) return [`${name}: "${checked}" is no date`];
      if (days < 0) return [`${name} was checked on ${checked}, which is after ${today}`];
      return days > maxAgeDays ? [`${name} was checked ${days} days ago, on ${checked}: read ${official}`] : [];
    }),
    unchecked: entries.flatMap(([name, { checked }]) => (checked === undefined ? [name] : [])),
  };
}
