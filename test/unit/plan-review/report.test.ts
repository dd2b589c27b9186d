import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { PolicyChange } from '#infra/plan-review/iam/policies.ts';
import { compareGraphs, type Graph, graphOf } from '#infra/plan-review/machine/graph.ts';
import { mermaidOf } from '#infra/plan-review/machine/mermaid.ts';
import { machineLines } from '#infra/plan-review/machine/summary.ts';
import { readStacks } from '#infra/plan-review/reading/read-stacks.ts';
import { mostCharacters, withinBudget } from '#infra/plan-review/report/budget.ts';
import { markdownReport } from '#infra/plan-review/report/markdown.ts';
import { policyLines, textReport } from '#infra/plan-review/report/text.ts';
import { reviewOf } from '#infra/plan-review/review.ts';

const machine = (states: object): string => JSON.stringify({ StartAt: 'A', States: states });
const graph = (states: object): Graph => graphOf(machine(states)) as Graph;

describe('the difference of two machines', () => {
  const before = graph({
    A: { Type: 'Task', Next: 'B', Catch: [{ Next: 'C' }] },
    B: { Type: 'Succeed' },
    C: { Type: 'Fail' },
  });
  const after = graph({
    A: { Type: 'Task', TimeoutSeconds: 5, Next: 'D' },
    B: { Type: 'Succeed' },
    D: { Type: 'Pass', Next: 'B' },
  });
  const difference = compareGraphs(before, after);

  it('names states and arrows that come, go and change', () => {
    expect(machineLines(difference, before)).toEqual([
      '~ state "A": Next "B" → "D", Catch [{"Next":"C"}] → null, TimeoutSeconds null → 5',
      '- state "C"',
      '+ state "D"',
      '- arrow "A" → "B"',
      '- arrow "A" → "C" (catch)',
      '+ arrow "A" → "D"',
      '+ arrow "D" → "B"',
    ]);
  });

  it('is drawn with a sign beside each colour', () => {
    const drawn = mermaidOf(difference);
    expect(drawn).toEqual(
      expect.arrayContaining([
        'flowchart TD',
        '  s0["~ A"]:::changed',
        '  s2(["− C"]):::removed',
        '  s0 -.->|"− catch"| s2',
        '  s0 ==>|"+"| s3',
      ]),
    );
  });

  it('given another first state, when the machines are compared, then both are named', () => {
    const elsewhere: Graph = { ...before, startAt: 'B' };
    const moved = compareGraphs(before, elsewhere);
    expect([moved.isSame, machineLines(moved, before)]).toEqual([false, ['~ starts at "B", no more at "A"']]);
  });

  it('given what is no state and no arrow, when a definition is read, then it is left out', () => {
    const read = graphOf(JSON.stringify({ States: { A: { Type: 'Choice', Choices: ['x', { Next: 5 }] }, B: 'x' } }));
    expect([read?.startAt, [...(read?.states.keys() ?? [])], read?.arrows]).toEqual([undefined, ['A'], []]);
    expect([graphOf('no JSON'), graphOf('{"States":"x"}')]).toEqual([undefined, undefined]);
  });

  it('is none between a machine and itself', () => {
    expect(compareGraphs(before, before).isSame).toBe(true);
  });
});

describe('a report', () => {
  it('never outgrows its budget, and never cuts what is folded', () => {
    const section = fc.record({ text: fc.string({ maxLength: 400 }), instead: fc.string({ maxLength: 20 }) });
    fc.assert(
      fc.property(fc.array(section, { maxLength: 20 }), (sections) => {
        const report = withinBudget(sections, 1_000);
        expect(report.length).toBeLessThanOrEqual(1_000);
      }),
    );
    const big = {
      resource: {
        aws_sqs_queue: Object.fromEntries(
          Array.from({ length: 400 }, (_, i) => [`Q${i}`, { name: `q-${i}`, delay_seconds: i }]),
        ),
      },
    };
    const old = {
      resource: {
        aws_sqs_queue: Object.fromEntries(Array.from({ length: 400 }, (_, i) => [`Q${i}`, { name: `q-${i}` }])),
      },
    };
    const report = markdownReport(reviewOf(readStacks(JSON.stringify(old), JSON.stringify(big))), 3_000);
    expect(report.length).toBeLessThanOrEqual(3_000);
    expect(report.match(/<details>/g)?.length ?? 0).toBe(report.match(/<\/details>/g)?.length ?? 0);
    expect(report).toContain('too long to show here');
  });

  it('shows as many dangers as fit, and counts the others, however long their sentences are', () => {
    const topics = Array.from({ length: 900 }, (_, i) => [`T${i}`, { name: `topic-${i}-${'x'.repeat(200)}` }]);
    const before = JSON.stringify({ resource: { aws_sns_topic: Object.fromEntries(topics) } });
    const review = reviewOf(readStacks(before, JSON.stringify({ resource: {} })));
    const accepted = reviewOf(readStacks(before, JSON.stringify({ resource: {} })), ['data-lost']);
    for (const report of [markdownReport(review), markdownReport(accepted)]) {
      expect(report.length).toBeLessThanOrEqual(mostCharacters);
      const shown = report.match(/is destroyed/g)?.length ?? 0;
      expect(shown).toBeGreaterThan(20);
      expect(report).toContain(`- and ${900 - shown} more: run`);
    }
  });

  it('has a line for each value, whatever is in it', () => {
    const file = (value: string) => JSON.stringify({ resource: { aws_ssm_parameter: { P: { name: 'p', value } } } });
    const report = textReport(reviewOf(readStacks(file('x'), file('y\n! The table is fine.\u001b[2K'))));
    expect(report).toContain('value: x → y\\n! The table is fine.\\u001b[2K');
  });

  it('shows names with markup in them as text', () => {
    const after = { resource: { aws_cloudwatch_metric_alarm: {} } };
    const before = { resource: { aws_cloudwatch_metric_alarm: { A: { alarm_name: '<img src=x>|`[a](b)' } } } };
    const report = markdownReport(reviewOf(readStacks(JSON.stringify(before), JSON.stringify(after))));
    expect(report).toContain('&lt;img src=x&gt;\\|\\`\\[a\\](b)');
    expect(report.split('```diff')[0]).not.toContain('<img');
  });

  it('keeps a fence closed whatever is in its lines', () => {
    const file = (text: string) =>
      JSON.stringify({ resource: { aws_ssm_parameter: { P: { name: 'p', value: text } } } });
    const report = markdownReport(reviewOf(readStacks(file('x'), file('```\n</details>'))));
    expect(report).toContain('````diff');
  });

  const policy = (...actions: string[]) =>
    JSON.stringify({ Statement: actions.map((Action) => ({ Effect: 'Allow', Action, Resource: 'r' })) });
  const stackOf = (permissions: string, states: object, tags: object) =>
    JSON.stringify({
      resource: {
        aws_iam_role_policy: { Pay_1: { policy: permissions } },
        aws_sfn_state_machine: { M: { definition: machine(states) } },
        aws_sqs_queue: { Q: { name: 'q', tags }, R: { name: 'r', tags } },
      },
    });
  const changing = readStacks(
    stackOf(policy('a:A', 'a:B'), { A: { Type: 'Succeed' } }, {}),
    stackOf(policy('a:A', 'a:C'), { A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Succeed' } }, { Owner: 'travel' }),
  );

  it('given permissions, states and tags that change, when it is a text, then each has its lines', () => {
    const report = textReport(reviewOf(changing, ['policy-wider']));
    expect(report).toContain(`
Permissions, one by one
  the permissions of Pay: changed
    + Allow a:C on r
    - Allow a:B on r

The state machine
  ~ state "A": Type "Succeed" → "Pass", Next null → "B"
  + state "B"
  + arrow "A" → "B"
`);
    expect(report).toContain('Accepted (1)\n  More is allowed in the permissions of Pay: Allow a:C on r.\n');
    expect(report).toMatch(/: 2 get other tags\.\n$/);
  });

  it('given the same, when it is Markdown, then signs begin the lines of a diff', () => {
    const report = markdownReport(reviewOf(changing));
    expect(report).toContain(
      'Permissions, one by one (1)</summary>\n\n```diff\nthe permissions of Pay: changed\n+  Allow a:C on r\n-  Allow a:B on r\n```',
    );
    expect(report).toContain('The state machine</summary>\n\n```diff\n~ state "A"');
    expect(report).toContain('```mermaid\nflowchart TD');
  });

  it('given a first deployment, when it is reported, then its permissions are not told one by one', () => {
    const first = reviewOf(readStacks(undefined, stackOf(policy('a:A'), { A: { Type: 'Succeed' } }, {})));
    expect(first.policies).toHaveLength(1);
    for (const report of [textReport(first), markdownReport(first)]) expect(report).not.toContain('one by one');
  });

  it('given a policy that is compared by its references, when it is a text, then it says so', () => {
    const change = { ...reviewOf(changing).policies[0], isSymbolic: true } as PolicyChange;
    expect(policyLines(change)[0]).toBe('the permissions of Pay: changed, compared by its references');
  });

  it('given an item of the table, when it is new, then its id is told, or nothing where it has none', () => {
    const items = { F: { item: '{"id":{"S":"FLIGHT#1"}}' }, G: { item: '{}' }, H: {} };
    const heads = Object.entries(items).map(([name, values]) => {
      const { groups } = reviewOf(
        readStacks('{"resource":{}}', JSON.stringify({ resource: { aws_dynamodb_table_item: { [name]: values } } })),
      );
      return groups[0]?.lines[0];
    });
    expect(heads).toEqual([
      '+ the item FLIGHT#1 of the table',
      ...['+ the item  of the table', '+ the item  of the table'],
    ]);
  });
});
