import type { LegRecord } from '#functions/trip/define-leg.ts';
import { demoFlights } from '#schema/demo-flights.ts';
import { demoFlightId } from '#schema/demo-request.ts';
import type { StateMachine } from './asl.ts';
import { claimProblems, ownersOf } from './leg-claims.ts';
import { priceProblems } from './lint-price.ts';

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
  const once = [...new Set(legs)];
  const owners = ownersOf(machine, ownFunctions);
  const isAtHome = (leg: LegRecord): boolean => homeOf(leg, files)?.folder === leg.name;
  // Where two legs have one name, the one in the folder of that name is right.
  const settled = [...once.filter(isAtHome), ...once.filter((leg) => !isAtHome(leg))];
  return [
    ...listProblems(legs, files),
    ...settled.flatMap((leg) => {
      const file = fileOf(leg, files);
      const claims = claimProblems(leg, file, owners);
      const names = claims.some((problem) => problem.startsWith('has the name ')) ? [] : homeProblems(leg, files);
      return [...claims, ...names, ...valueProblems(leg)].map((problem) => `${file}: ${problem}`);
    }),
  ];
}

function listProblems(legs: readonly LegRecord[], files: readonly LegFile[]): string[] {
  return [
    ...files
      .filter(({ exports }) => !legs.some((leg) => Object.values(exports).includes(leg)))
      .map(({ folder }) => `${pathOf(folder)}: the leg ${folder} is not in the list of ${list}`),
    ...legs.flatMap((leg, index) => {
      if (legs.indexOf(leg) < index) return [`${list}: the leg ${leg.name} is in the list twice`];
      return homeOf(leg, files) === undefined ? [`${list}: the leg ${leg.name} has no ${pathOf(leg.name)}`] : [];
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

/** By the flight that the demo books. */
function flightValueProblems({ source, fields }: LegRecord): string[] {
  const flight = demoFlights.find(({ id }) => id === demoFlightId);
  if (source.from !== 'flight' || flight === undefined) return [];
  const values: Readonly<Record<string, string>> = source.valuesOf(flight);
  return [
    ...Object.keys(values)
      .filter((field) => !Object.hasOwn(fields, field))
      .map((field) => `source.valuesOf makes ${field}, which is none of its fields`),
    ...Object.entries(fields).flatMap(([field, { run }]) => {
      const value = values[field];
      if (value === undefined) return [`source.valuesOf does not make ${field}`];
      if (run.safeParse(value).success) return [];
      return [`source.valuesOf makes ${JSON.stringify(value)} of ${field}, which the field itself refuses`];
    }),
  ];
}

function valueProblems(leg: LegRecord): string[] {
  const problems: string[] = [];
  if (leg.called.trim() === '') problems.push('called is empty');
  if (leg.identity.length === 0) problems.push('identity is empty: it takes the fields that the id is derived from');
  const repeated = leg.identity.filter((field, at) => leg.identity.indexOf(field) < at);
  problems.push(...repeated.map((field) => `identity has ${field} twice`), ...flightValueProblems(leg));
  const refused = Object.entries(leg.fields).filter(([field, { run, request }]) => {
    const value = leg.demo[field];
    return ![run, leg.source.from === 'request' ? request : run].every((schema) => schema.safeParse(value).success);
  });
  problems.push(
    ...refused.map(([field]) => `demo.${field} is ${JSON.stringify(leg.demo[field])}, which the field itself refuses`),
  );
  // A price of values that are wrong would be wrong for another reason.
  return refused.length > 0 ? problems : [...problems, ...priceProblems(leg)];
}
