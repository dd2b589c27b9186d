import type { Change } from '../reading/change.ts';
import { wordsFor } from '../words.ts';
import { attributeChanges, quietKind } from './attributes.ts';

/** Headings of a report, in their order, with the types below each. */
const headings: readonly (readonly [string, RegExp])[] = [
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

export interface Quiet {
  readonly tags: number;
  readonly code: number;
}

const signs: Readonly<Record<Change['action'], string>> = {
  create: '+',
  update: '~',
  replace: '±',
  delete: '-',
  'no-op': ' ',
  read: ' ',
};

/** What changes, by the service's own words; updates of tags and code alone are only counted. */
export function groupsOf(changes: readonly Change[]): {
  readonly groups: readonly ChangeGroup[];
  readonly quiet: Quiet;
} {
  const real = changes.filter(({ action }) => action !== 'no-op' && action !== 'read');
  const loud = real.filter((change) => quietKind(change) === undefined);
  const count = (kind: 'tags' | 'code') => real.filter((change) => quietKind(change) === kind).length;
  const names = [...headings.map(([heading]) => heading), otherHeading];
  const groups = names.map((heading) => ({
    heading,
    lines: loud.filter(({ type }) => headingOf(type) === heading).flatMap(linesOf),
  }));
  return {
    groups: groups.filter(({ lines }) => lines.length > 0),
    quiet: { tags: count('tags'), code: count('code') },
  };
}

const headingOf = (type: string): string => headings.find(([, types]) => types.test(type))?.[0] ?? otherHeading;

function linesOf(change: Change): string[] {
  const { action, replacedFor } = change;
  const why = action === 'replace' && replacedFor.length > 0 ? ` (replaced for another ${replacedFor.join(', ')})` : '';
  return [`${signs[action]} ${wordsFor(change)}${why}`, ...attributeLines(change)];
}

function attributeLines(change: Change): string[] {
  return attributeChanges(change).map(({ path, before, after }) => {
    const values =
      before === undefined ? `${after}, new` : after === undefined ? `${before}, removed` : `${before} → ${after}`;
    return `    ${path}: ${values}`;
  });
}
