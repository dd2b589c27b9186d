import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { maxRedrives } from '#functions/booking/redriving/redrive.ts';
import { stageAndRegion } from '#infra/config.ts';
import { boxesOf } from '#infra/operations/dlq/boxes.ts';
import asl from '../../../statemachine/booking-saga.asl.json' with { type: 'json' };

const words = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'];
const minutes = asl.TimeoutSeconds / 60;
const queues = words[boxesOf(stageAndRegion({})).length];
const redrives = words[maxRedrives];

it.each([
  ['docs/operations.md', `\`TimeoutSeconds\` (${minutes} minutes) apart`],
  ['docs/operations.md', `Leave ${minutes} minutes between two`],
  ['docs/data.md', `no execution runs (${minutes} minutes at most)`],
  ['docs/operations.md', `Dead letters wait in ${queues} queues`],
  ['docs/runbook.md', `starts the run again, ${redrives} times with growing delay`],
  ['docs/faults.md', `all ${redrives} of its redrives were stopped`],
])('%s: %s', (page, said) => {
  expect(readFileSync(page, 'utf8').replaceAll(/\s+/g, ' ')).toContain(said);
});
