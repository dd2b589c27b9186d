import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { PartitionKind } from '#schema/table.ts';
import type { Item } from '#test/support/e2e/saga.ts';
import type { Standing } from '#test/support/faulty-cloud.ts';

/** One execution of a release: what its code passed, and how it ended. */
export interface RecordedRun {
  readonly name: string;
  readonly input: Item & { readonly trip_id: string; readonly execution_id: string };
  readonly status: string;
  readonly error: string | null;
  readonly left: Left;
}

/** How a trip stood once its execution had ended. What the reconciler was still to do about it is each release's own affair. */
export type Left = Omit<Standing, 'told'>;

/** Executions of one trip, one after the other. */
export interface Story {
  readonly name: string;
  readonly flightId: string;
  readonly runs: readonly RecordedRun[];
}

/** Something that a step or the state machine was allowed, and needed. */
export interface RecordedPermission {
  /** Name of the role: the function's, or the state machine's. */
  readonly role: string;
  readonly action: string;
  readonly resource: string;
  /** Of the partition that it was about. */
  readonly partition?: PartitionKind;
}

/** A release's legacy to the next one: sagas that run during the deployment. */
export interface Release {
  readonly release: string;
  readonly stories: readonly Story[];
  /** By the kind of part (`HOTEL`): the ids of the first story's items, which a later release derives anew. */
  readonly ids: Readonly<Record<string, string>>;
  /** By the function's name (`reserve-hotel`): one input of each shape that its states passed. */
  readonly inputs: Readonly<Record<string, readonly Item[]>>;
  readonly permissions: readonly RecordedPermission[];
}

const file = (name: string) => fileURLToPath(new URL(`previous/${name}`, import.meta.url));

/** The release before: `npm run release:record` replaces it. */
export const releaseFile = file('release.json');
/** Its state machine, placeholders and all. */
export const previousAslFile = file('booking-saga.asl.json');

export const previousRelease = (): Release => JSON.parse(readFileSync(releaseFile, 'utf8')) as Release;
export const previousAsl = (): string => readFileSync(previousAslFile, 'utf8');
