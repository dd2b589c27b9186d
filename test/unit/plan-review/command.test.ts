import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { UsageError } from '#infra/operations/run-command.ts';
import { type PlanReviewArguments, planReview } from '#infra/plan-review/command.ts';
import type { Synthesized } from '#infra/plan-review/revision.ts';

const folder = mkdtempSync(join(tmpdir(), 'plan-review-command-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

const machine = (seconds: number) => ({
  M: {
    name: 'booking-saga-local-booking',
    definition: JSON.stringify({
      StartAt: 'Wait',
      TimeoutSeconds: seconds,
      States: { Wait: { Type: 'Wait', Seconds: seconds, End: true } },
    }),
  },
});
const rule = (state: string) => ({ R: { name: 'booking-saga-local-ended', state } });
const stackWith = (state: string, seconds = 9) =>
  JSON.stringify({ resource: { aws_cloudwatch_event_rule: rule(state), aws_sfn_state_machine: machine(seconds) } });
const [enabled, disabled, slower] = [stackWith('ENABLED'), stackWith('DISABLED'), stackWith('ENABLED', 10)];
const [old, fresh, other] = [fileOf('old.json', enabled), fileOf('new.json', disabled), fileOf('other.json', slower)];
const plan = (actions: string[]) =>
  JSON.stringify({
    format_version: '1.2',
    resource_changes: [
      {
        address: 'aws_sqs_queue.Q',
        type: 'aws_sqs_queue',
        change: { actions, before: {}, after: {}, after_unknown: {} },
      },
    ],
  });

async function reviewed(
  positionals: string[],
  values: Partial<PlanReviewArguments['values']> = {},
  revision: Synthesized = { text: enabled, note: undefined },
) {
  const [written, complaints, asked]: [string[], string[], string[]] = [[], [], []];
  const signal = new AbortController().signal;
  const { dangers, accepted } = await planReview(
    { values: { format: 'text', accept: [], ...values }, positionals },
    {
      input: () => plan(['update']),
      write: (report) => void written.push(report),
      complain: (line) => void complaints.push(line),
      interruption: () => signal,
      synthesizeRevision: async (name, waiting) => {
        asked.push(name);
        expect(waiting.signal).toBe(signal);
        waiting.say('synthesizing …');
        return revision;
      },
      synthesizeHere: async () => disabled,
    },
  );
  const rules = (of: typeof dangers) => of.map((danger) => danger.rule);
  return { report: written.join(), complaints, asked, dangers: rules(dangers), accepted: rules(accepted) };
}

describe('what is reviewed', () => {
  it('given two files, then it is what the second changes', async () => {
    const { report, dangers, complaints } = await reviewed([fresh], { stack: old });

    expect(dangers).toEqual(['safety-net-off']);
    expect(report).toContain('is disabled');
    expect(complaints).toEqual([]);
  });

  it('given a revision, then it is what the working tree changes, and the person is told what is waited for', async () => {
    const { dangers, complaints, asked } = await reviewed([], { from: 'v1' });

    expect([dangers, asked]).toEqual([['safety-net-off'], ['v1']]);
    expect(complaints).toEqual(['plan:review: synthesizing …']);
  });

  it('given a revision with other packages, then the person is told', async () => {
    const { complaints } = await reviewed([], { from: 'v1' }, { text: enabled, note: 'package-lock.json differs' });

    expect(complaints).toContain('plan:review: package-lock.json differs');
  });

  it('given a plan in a file, or in the input, then it is that', async () => {
    const made = await reviewed([fileOf('plan.json', plan(['create']))]);
    const changed = await reviewed(['-']);

    expect(made.report).not.toBe(changed.report);
    expect([made.dangers, changed.dangers]).toEqual([[], []]);
  });

  it('given dangers that are accepted, by rule or in vain, then the latter are told', async () => {
    const { dangers, accepted, complaints } = await reviewed([fresh], {
      stack: old,
      accept: ['safety-net-off', 'data-lost'],
    });

    expect([dangers, accepted]).toEqual([[], ['safety-net-off']]);
    expect(complaints).toEqual(['plan:review: nothing in this plan is accepted by --accept data-lost']);
  });
});

describe('the report', () => {
  it.each([
    ['text', /^(?!#|\{)/],
    ['markdown', /^### /],
    ['sarif', /^\{/],
  ])('given the format %s, then it has that', async (format, form) => {
    expect((await reviewed([fresh], { stack: old, format })).report).toMatch(form);
  });

  it('given SARIF, then a danger is about the file that was named', async () => {
    const { report } = await reviewed([fresh], { stack: old, format: 'sarif' });

    expect(JSON.stringify(JSON.parse(report).runs[0].results[0].locations)).toContain('new.json');
  });

  it('given --svg and a machine that stays, then nothing is drawn, and that is told', async () => {
    const svg = join(folder, 'none.svg');
    const { complaints } = await reviewed([fresh], { stack: old, svg });

    expect(complaints).toEqual([`plan:review: the state machine stays as it is, so ${svg} is not written`]);
    expect(existsSync(svg)).toBe(false);
  });

  it('given --svg and a machine that changes, then it is drawn, in a folder that is made', async () => {
    const svg = join(folder, 'new', 'machine.svg');
    await reviewed([other], { stack: old, svg });

    expect(readFileSync(svg, 'utf8')).toMatch(/^<svg /);
  });
});

describe('a command line that makes no sense', () => {
  it.each<[string[], Partial<PlanReviewArguments['values']>, string]>([
    [[], {}, 'name one plan'],
    [['a', 'b'], {}, 'name one plan'],
    [[], { stack: 'a' }, '--stack takes two files'],
    [['b', 'c'], { stack: 'a' }, '--stack takes two files'],
    [['a'], { from: 'v1' }, '--from takes a revision and nothing else'],
    [[], { from: 'v1', stack: 'a' }, '--from takes a revision and nothing else'],
    [['a'], { format: 'html' }, '--format takes text, markdown, sarif, not "html"'],
    [['a'], { format: 'toString' }, '--format takes text, markdown, sarif, not "toString"'],
  ])('given %j and %j, then it is refused: %s', async (positionals, values, message) => {
    await expect(reviewed(positionals, values)).rejects.toThrow(new UsageError(message));
  });
});
