import type { LegRecord } from '#functions/trip/define-leg.ts';
import type { StateMachine } from './asl.ts';
import { claimProblems, ownersOf } from './leg-claims.ts';
import { valueProblems } from './lint-values.ts';

/** A `leg.ts` below `functions/`. */
export interface LegFile {
  readonly folder: string;
  readonly exports: Readonly<Record<string, unknown>>;
}

export interface RecordLintInput {
  readonly machine: StateMachine;
  /** In the order of `functions/legs.ts`. */
  readonly legs: readonly LegRecord[];
  readonly files: readonly LegFile[];
  /** The service's functions that are no leg's, named as their states would be. */
  readonly ownFunctions: Iterable<string>;
}

export const list = 'functions/legs.ts';

const pathOf = (folder: string): string => `functions/${folder}/leg.ts`;

const homeOf = (leg: LegRecord, files: readonly LegFile[]): LegFile | undefined =>
  files.find(({ exports }) => Object.values(exports).includes(leg));

/** The file that a leg's record is in, or should be in. */
export const fileOf = (leg: LegRecord, files: readonly LegFile[]): string =>
  pathOf(homeOf(leg, files)?.folder ?? leg.name);

/** Whether each record is in the list, whole, and alone in what it calls its own. @returns one sentence a violation */
export function lintRecords({ machine, legs, files, ownFunctions }: RecordLintInput): string[] {
  const owners = ownersOf(machine, ownFunctions);
  return [
    ...listProblems(legs, files),
    ...[...new Set(legs)].flatMap((leg) => {
      const file = fileOf(leg, files);
      const claims = claimProblems(leg, file, owners);
      const names = claims.some((problem) => problem.startsWith(`${file}: has the name `))
        ? []
        : homeProblems(leg, files);
      return [...claims, ...[...names, ...valueProblems(leg)].map((problem) => `${file}: ${problem}`)];
    }),
  ];
}

/** Whether the list has another record of the name that a folder has, such as a copy of the folder's own. */
const isReplaced = (name: string, legs: readonly LegRecord[], files: readonly LegFile[]): boolean =>
  files.some(({ folder }) => folder === name) &&
  legs.some((leg) => leg.name === name && homeOf(leg, files) === undefined);

function listProblems(legs: readonly LegRecord[], files: readonly LegFile[]): string[] {
  return [
    ...files
      .filter(({ exports }) => !legs.some((leg) => Object.values(exports).includes(leg)))
      .filter(({ folder }) => !isReplaced(folder, legs, files))
      .map(({ folder }) => `${pathOf(folder)}: the leg ${folder} is not in the list of ${list}`),
    ...legs.flatMap((leg, index) => {
      if (legs.indexOf(leg) < index) return [`${list}: the leg ${leg.name} is in the list twice`];
      if (homeOf(leg, files) !== undefined) return [];
      const own = pathOf(leg.name);
      return isReplaced(leg.name, legs, files)
        ? [`${list}: the leg ${leg.name} in it is another record than the one that ${own} exports`]
        : [`${list}: the leg ${leg.name} has no ${own}`];
    }),
  ];
}

/** The bundler imports a leg's record by its name. */
function homeProblems(leg: LegRecord, files: readonly LegFile[]): string[] {
  const home = homeOf(leg, files);
  if (home === undefined) return [];
  if (home.folder !== leg.name) return [`has the name "${leg.name}", and not "${home.folder}" as its folder has`];
  const exported = Object.keys(home.exports).filter((name) => home.exports[name] === leg);
  if (exported.join() === leg.name) return [];
  const names = exported.map((name) => `"${name}"`).join(' and ');
  return [`exports its record as ${names}, and not as "${leg.name}"${exported.length > 1 ? ' alone' : ''}`];
}
