import { describe, expect, it } from '@jest/globals';
import { allLegs } from '#functions/legs.ts';
import type { LegRecord } from '#functions/trip/define-leg.ts';
import { cruise } from '#test/support/cruise.ts';
import type { LegFile } from '../../../statemachine/tools/lint-records.ts';
import { fileOf, files, lint } from './record-problems.ts';

describe('list, folders and exports', () => {
  it.each<[string, readonly LegRecord[], readonly LegFile[], string]>([
    [
      'a record that is not in the list',
      allLegs,
      [...files, fileOf(cruise)],
      'functions/cruise/leg.ts: the leg cruise is not in the list of functions/legs.ts',
    ],
    [
      'a leg that is in no folder',
      [...allLegs, cruise],
      files,
      'functions/legs.ts: the leg cruise has no functions/cruise/leg.ts',
    ],
    [
      'a leg that is in the list twice',
      [...allLegs, cruise, cruise],
      [...files, fileOf(cruise)],
      'functions/legs.ts: the leg cruise is in the list twice',
    ],
    [
      'another record than the one that its folder has',
      [...allLegs, { ...cruise }],
      [...files, fileOf(cruise)],
      'functions/legs.ts: the leg cruise in it is another record than the one that functions/cruise/leg.ts exports',
    ],
    [
      "a folder of another name than the record's",
      [...allLegs, cruise],
      [...files, fileOf(cruise, 'ship')],
      'functions/ship/leg.ts: has the name "cruise", and not "ship" as its folder has',
    ],
    [
      "an export of another name than the record's",
      [...allLegs, cruise],
      [...files, fileOf(cruise, 'cruise', 'ship')],
      'functions/cruise/leg.ts: exports its record as "ship", and not as "cruise"',
    ],
  ])('%s', (_, legs, found, problem) => {
    expect(lint(legs, found)).toEqual([problem]);
  });

  it('a record that is exported twice', () => {
    const file = { folder: 'cruise', exports: { cruise, ship: cruise } };
    expect(lint([...allLegs, cruise], [...files, file])).toEqual([
      'functions/cruise/leg.ts: exports its record as "cruise" and "ship", and not as "cruise" alone',
    ]);
  });

  it("another leg's name, wherever it stands in the list", () => {
    const copied = { ...cruise, name: 'hotel' };
    const problem = 'functions/cruise/leg.ts: has the name "hotel", and not "cruise" as its folder has';
    const found = [...files, fileOf(copied, 'cruise')];
    expect(lint([...allLegs, copied], found)).toEqual([problem]);
    expect(lint([copied, ...allLegs], found)).toEqual([problem]);
  });
});
