import { execFile } from 'node:child_process';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { ScriptAnswer } from '#test/support/run-scripts.ts';

/** What would do nothing, or something else than was asked for, and would end with 0. */
const refused: readonly (readonly [file: string, args: string, says: string])[] = [
  ['infra/operations/dlq/main.ts', 'list --all', '--all has no effect with list'],
  ['infra/operations/dlq/main.ts', 'show 1a2b --wait 3', '--wait has no effect with show'],
  ['infra/operations/dlq/main.ts', 'redrive --all --wait=', '--wait must be a number from 0 on, not ""'],
  ['infra/operations/versions-main.ts', 'list --apply', '--apply has no effect with list'],
  [
    'infra/operations/versions-main.ts',
    'prune --margin-minutes=',
    '--margin-minutes must be a number from 0 on, not ""',
  ],
  ['infra/operations/smoke-main.ts', '--api-url localhost:4000', 'must be a URL such as https://example.org'],
  [
    'infra/operations/smoke-main.ts',
    '--api-url http://localhost --read-only --token abc',
    '--token has no effect with --read-only',
  ],
  ['infra/cost/main.ts', '--rate 1e400', '--rate must be a number above 0, and at most 1000000'],
  ['infra/cost/main.ts', '--seats-taken=', '--seats-taken must be a whole number from 0, not ""'],
  ['infra/cost/main.ts', '--check-dates --rate 3', '--rate has no effect with --check-dates'],
  [
    'localstack/trip/main.ts',
    'failPayment --cancel-failure-rate=',
    '--cancel-failure-rate must be a number from 0 to 1',
  ],
  ['test/model/main.ts', '--size small', '--size has no effect with all scenarios'],
  ['test/model/main.ts', 'one --size medium', '--size must be small or full, not "medium"'],
  ['test/model/main.ts', 'one two', 'one scenario at a time'],
  ['test/model/main.ts', 'one --write', '--write has no effect with one scenario'],
  ['test/model/main.ts', '--list one', '--list names all scenarios and rules'],
  ['test/simulation/main.ts', '--class kills --trace run.jsonl', '--trace has no effect with --class'],
  ['test/simulation/main.ts', '--plan book --seed 3', '--plan has no effect with --seed'],
  ['test/simulation/main.ts', '--write --every 3', '--write records whole runs'],
  ['test/simulation/main.ts', '--plan book --patch package.json', 'it must be a list of {"file": …'],
  ['test/load/kill-rounds.ts', '--rounds 0', '--rounds must be a whole number from 1, not "0"'],
  ['test/load/load.ts', '--bookings 1.5', '--bookings must be a whole number from 1, not "1.5"'],
  ['test/load/load.ts', '--target localhost --data folder', '--data is of a local cloud of its own'],
  ['test/mutation/main.ts', '--page --room ledger', '--room has no effect with --page'],
  ['test/mutation/main.ts', '--room=', '--room must be part of a room\'s name, not ""'],
  ['test/verify/main.ts', '--list check', '--list names all stages'],
  ['test/fuzz/main.ts', '--random --seed 3', '--random makes a seed of its own'],
  ['test/fuzz/graphql.ts', '--cases 0', '--cases must be a whole number from 1, not "0"'],
  ['test/support/jest/seeds.mjs', '--times 0', '--times must be a whole number from 1, not "0"'],
  ['localstack/embedded/test/conformance/main.ts', '--write', '--write keeps the cases of --from DIR'],
  ['localstack/embedded/test/conformance/main.ts', '--from no-folder', 'there is no folder no-folder'],
];

describe('a script is not run', () => {
  const answers: ScriptAnswer[] = [];

  /** In one process, which loads once what they share. */
  beforeAll(async () => {
    const requests = refused.map(([file, args]) => ({ file, args: args.split(' ') }));
    const printed = await new Promise<string>((resolve, reject) => {
      const child = execFile(process.execPath, ['test/support/run-scripts.ts'], (error, stdout, stderr) =>
        error === null ? resolve(stdout) : reject(new Error(stderr)),
      );
      child.stdin?.end(JSON.stringify(requests));
    });
    answers.push(...(JSON.parse(printed) as ScriptAnswer[]));
  });

  it.each(refused.map((one, index) => [...one, index] as const))('%s %s', (_file, _args, says, index) => {
    expect(answers[index]).toEqual({ code: 2, stdout: '', stderr: expect.stringContaining(says) });
    expect(answers[index]?.stderr).toMatch(/--help +this text/);
  });
});
