import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readPlan } from '#infra/plan-review/reading/read-plan.ts';
import { mostCharacters } from '#infra/plan-review/report/budget.ts';
import { markdownReport } from '#infra/plan-review/report/markdown.ts';
import { textReport } from '#infra/plan-review/report/text.ts';
import { type Review, reviewOf } from '#infra/plan-review/review.ts';
import { isFullLoad } from '#test/support/load.ts';
import { terraformEnvironment } from '../terraform.ts';
import { harmlessChanges } from './harmless.ts';
import { plannedStack } from './planned.ts';
import { type PlantedDanger, plantedDangers } from './planted.ts';

const folder = mkdtempSync(join(tmpdir(), 'plan-review-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const environment = terraformEnvironment(folder);
const reason = typeof environment === 'string' ? environment : undefined;
const minutes = 60_000;

const reviewed = (plan: string): Review => reviewOf(readPlan(plan));
const rulesOf = ({ dangers }: Review): string[] => [...new Set(dangers.map(({ rule }) => rule))].sort();

/** A plan takes fifteen seconds of a processor, so it has several of them, each of another rule and of another resource. */
const plannedTogether = [
  [
    'a table of another name',
    'a queue policy without its condition',
    'an alarm that rings late',
    'a rule that is disabled',
    'no encryption',
  ],
  [
    'a queue of another name',
    'a step that publishes no versions',
    'the demo route',
    'messages that are kept for less time',
    'a subscription without dead letters',
  ],
  [
    'a user pool of other usernames',
    'a policy that excludes less',
    'a route without its authorizer',
    'a log that is kept for less time',
    'faults on purpose',
    'an alarm less',
    'a rule without its target',
  ],
  [
    'a step of another name',
    'a policy with one more action',
    'no protection from deletion',
    'no backups',
    'a state less',
    'a managed policy on a role',
  ],
];

it('plans each danger once, and no two of one rule together', () => {
  expect(plannedTogether.flat().sort()).toEqual(plantedDangers.map(({ name }) => name).sort());
  for (const names of plannedTogether)
    expect(new Set(names.map((name) => dangerOf(name).rule)).size).toBe(names.length);
});

function dangerOf(name: string): PlantedDanger {
  const found = plantedDangers.find((danger) => danger.name === name);
  if (found === undefined) throw new Error(`No danger is called "${name}"`);
  return found;
}

// Each plan takes seconds of both processors; `test/infra/plan-review.test.ts` plants each danger alone without Terraform.
const skipped = reason ?? (isFullLoad ? undefined : 'LOAD=full runs it');

(skipped === undefined ? describe : describe.skip)(
  `plans of Terraform${skipped ? ` (skipped: ${skipped})` : ''}`,
  () => {
    let stack: Awaited<ReturnType<typeof plannedStack>>;
    beforeAll(async () => {
      stack = await plannedStack(folder, environment as NodeJS.ProcessEnv);
    }, 10 * minutes);
    afterAll(() => stack.close());

    it('the first deployment is not dangerous and fits two screens', () => {
      const review = reviewed(stack.first);

      expect(review).toMatchObject({ isFirst: true, dangers: [] });
      expect(textReport(review).split('\n').length).toBeLessThanOrEqual(80);
    });

    it(
      'one more tag is counted in one line, and nothing else is said',
      async () => {
        const review = reviewed(await stack.after((config) => harmlessChanges[0]?.make(config)));

        expect(review).toMatchObject({ dangers: [], groups: [], policies: [], machine: undefined, drift: [] });
        expect(review.quiet.tags).toBeGreaterThan(50);
      },
      10 * minutes,
    );

    it(
      'nothing is flagged of what looks like a danger and is none',
      async () => {
        const review = reviewed(
          await stack.after((config) => {
            for (const { make } of harmlessChanges) make(config);
          }),
        );

        expect(review.dangers).toEqual([]);
        expect(review.counts.update).toBeGreaterThan(50);
      },
      10 * minutes,
    );

    it(
      'every danger is flagged beside all the others, and so is a policy that is unknown through a replaced ARN',
      async () => {
        const review = reviewed(
          await stack.after(({ resource }) => {
            for (const { plant } of plantedDangers) plant(resource);
          }),
        );

        expect(rulesOf(review)).toEqual([...new Set(plantedDangers.map(({ rule }) => rule))].sort());
        const wider = review.dangers.filter(({ rule }) => rule === 'policy-wider');
        // The table that every policy of a role names is replaced, so none of these is known: all others only follow their references.
        expect(wider.map(({ sentence }) => sentence)).toEqual([
          expect.stringContaining('dynamodb:DeleteTable on *'),
          expect.stringContaining('all but iam:* on *'),
          expect.stringContaining('queue policy of Loyalty'),
        ]);
        expect(review.policies).toEqual(
          [true, true, false].map((isSymbolic) => expect.objectContaining({ isSymbolic, verdict: 'wider' })),
        );
        expect(markdownReport(review).length).toBeLessThan(mostCharacters);
      },
      10 * minutes,
    );

    it.each(plannedTogether.map((names) => [names.join(', '), names.map(dangerOf)] as const))(
      'flags these, and nothing else: %s',
      async (_, dangers) => {
        const review = reviewed(
          await stack.after(({ resource }) => {
            for (const { plant } of dangers) plant(resource);
          }),
        );

        expect(rulesOf(review)).toEqual(dangers.map(({ rule }) => rule).sort());
      },
      10 * minutes,
    );
  },
);
