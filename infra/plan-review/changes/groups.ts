import type { Change, Reading } from '../reading/change.ts';
import { readable, wordsForAll } from '../words.ts';
import { attributeChanges, type QuietKind, quietKind } from './attributes.ts';

/** Headings of a report, in their order, with the types below each. */
const headings: readonly (readonly [string, RegExp])[] = [
  ['Provider and state', /^(provider|backend|terraform)$/],
  ['Routes', /^aws_apigatewayv2_/],
  ['State machine', /^aws_sfn_/],
  ['Functions', /^aws_lambda_(function|alias|event_source_mapping|function_event_invoke_config)$/],
  ['Table', /^aws_dynamodb_/],
  ['Queues and messages', /^aws_(sqs|sns)_(queue|topic)(?!_policy)/],
  ['Customers', /^aws_cognito_/],
  ['Permissions', /^aws_(iam_|lambda_permission|sqs_queue_policy|sns_topic_policy)/],
  ['Schedules and events', /^aws_(cloudwatch_event|scheduler)_/],
  ['Alarms, logs and dashboard', /^aws_cloudwatch_/],
  ['Parameters', /^aws_ssm_/],
];
const otherHeading = 'Other';

export interface ChangeGroup {
  readonly heading: string;
  /** One line for each resource, with its attributes in lines of their own below. */
  readonly lines: readonly string[];
}

/** How many updates are only about that. */
export type Quiet = Readonly<Record<QuietKind, number>>;

const signs: Readonly<Record<Change['action'], string>> = {
  create: '+',
  update: '~',
  replace: '±',
  delete: '-',
  'no-op': ' ',
  read: ' ',
};

/** What changes, by the service's own words; updates of tags and code alone are only counted. */
export function groupsOf(
  changes: readonly Change[],
  reading: Reading,
): {
  readonly groups: readonly ChangeGroup[];
  readonly quiet: Quiet;
} {
  const real = changes.filter(({ action }) => action !== 'no-op' && action !== 'read');
  const loud = real.filter((change) => quietKind(change, reading) === undefined);
  const count = (kind: QuietKind) => real.filter((change) => quietKind(change, reading) === kind).length;
  const names = [...headings.map(([heading]) => heading), otherHeading];
  const groups = names.map((heading) => ({
    heading,
    lines: linesOf(
      loud.filter(({ type }) => headingOf(type) === heading),
      reading,
    ),
  }));
  return {
    groups: groups.filter(({ lines }) => lines.length > 0),
    quiet: {
      tags: count('tags'),
      defaultTags: count('defaultTags'),
      code: count('code'),
      spelling: count('spelling'),
      computed: count('computed'),
    },
  };
}

const headingOf = (type: string): string => headings.find(([, types]) => types.test(type))?.[0] ?? otherHeading;

/** Resources that change in the same way share a line, in the order of the first of each. */
function linesOf(changes: readonly Change[], reading: Reading): string[] {
  const alike = new Map<string, Change[]>();
  for (const change of changes) {
    const { type, action, replacedFor } = change;
    const key = JSON.stringify([type, action, replacedFor, attributeLines(change, reading)]);
    alike.set(key, [...(alike.get(key) ?? []), change]);
  }
  return [...alike.values()].flatMap((group) => {
    const [{ action, replacedFor } = {} as Change] = group;
    const why =
      action === 'replace' && replacedFor.length > 0 ? ` (replaced for another ${replacedFor.join(', ')})` : '';
    return [`${signs[action]} ${wordsForAll(group, shownNames)}${why}`, ...attributeLines(group[0] as Change, reading)];
  });
}

const shownNames = 5;

function attributeLines(change: Change, reading: Reading): string[] {
  return attributeChanges(change, reading).map(({ path, before, after }) => {
    const values =
      before === undefined ? `${after}, new` : after === undefined ? `${before}, removed` : `${before} → ${after}`;
    return `    ${path}: ${readable(values)}`;
  });
}
