import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Tally } from './tally.ts';

/** What a class came to, without anything that differs from machine to machine. */
export type ClassFigures = Pick<Tally, 'plans' | 'unreached' | 'letters' | 'states' | 'merges' | 'left'> & {
  readonly violations: number;
};

/** Of the last whole run: docs/faults.md is made of it. */
export interface Figures {
  readonly classes: Readonly<Record<string, ClassFigures>>;
  /** Edges of the machine that were taken. */
  readonly edges: readonly string[];
}

const file = new URL('figures.json', import.meta.url);

/** Undefined before the first whole run. */
export const recordedFigures = (): Figures | undefined =>
  existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Figures) : undefined;

export const recordFigures = (figures: Figures): void => writeFileSync(file, textOf(figures));

/** For comparing, too. */
export const textOf = (figures: Figures): string => `${JSON.stringify(figures, null, 2)}\n`;

/** @param edges those of the machine */
export function figuresOf(tallies: ReadonlyMap<string, Tally>, edges: readonly string[]): Figures {
  const classes = [...tallies].map(([name, tally]): [string, ClassFigures] => {
    const { plans, unreached, letters, violations, states, merges, left } = tally;
    return [name, { plans, unreached, letters, violations: violations.length, states, merges, left }];
  });
  const taken = edges.filter((edge) => [...tallies.values()].some((tally) => tally.edges[edge] !== undefined));
  return { classes: Object.fromEntries(classes), edges: taken };
}

/** These figures of some classes, with those that are recorded of the others. */
export function withOthers(figures: Figures, edges: readonly string[]): Figures {
  const recorded = recordedFigures() ?? { classes: {}, edges: [] };
  const classes = { ...recorded.classes, ...figures.classes };
  const taken = new Set([...recorded.edges, ...figures.edges]);
  return { classes, edges: edges.filter((edge) => taken.has(edge)) };
}
