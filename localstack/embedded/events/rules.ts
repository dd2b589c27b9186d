import { parsedJson } from '../json.ts';
import type { Ports } from '../ports.ts';
import { addressOf, checkQuota, naming } from '../resource.ts';
import type { Environment, StackResource } from '../types.ts';
import { type EventBridgeEvent, eventTime } from './event.ts';

import { compilePattern, type Matches } from './pattern.ts';
import { compileSchedule, type NextRun } from './schedule.ts';
import { createTarget, type Target, type TargetOptions } from './targets.ts';

export interface Rule {
  readonly name: string;
  readonly arn: string;
  readonly enabled: boolean;
  readonly description: string | undefined;
  readonly eventPattern: string | undefined;
  readonly scheduleExpression: string | undefined;
  readonly matches: Matches;
  readonly nextRun: NextRun | undefined;
  readonly targets: readonly Target[];
}

/** @throws Error naming the resource whose pattern, schedule, bus, rule or target AWS would refuse. */
export function readRules(
  rules: readonly StackResource[],
  targets: readonly StackResource[],
  environment: Environment,
  options: TargetOptions,
): Rule[] {
  for (const target of targets) {
    const { rule } = target.attributes;
    if (!rules.some(({ attributes }) => attributes.name === rule))
      throw new Error(`${addressOf(target)}: rule ${rule} is not in this stack`);
  }
  return rules.map((resource) => {
    const { attributes } = resource;
    const label = addressOf(resource);
    const { name, event_pattern: pattern, schedule_expression: schedule, event_bus_name: bus = 'default' } = attributes;
    const arn = attributes.arn ?? `arn:aws:events:${environment.region}:${environment.accountId}:rule/${name}`;
    if (!/(^|\/)default$/.test(bus)) throw new Error(`${label}: there is no event bus but the default one, not ${bus}`);
    if (!pattern && !schedule) throw new Error(`${label}: needs an event_pattern or a schedule_expression`);
    const own = targets.filter((target) => target.attributes.rule === name);
    checkQuota(label, own.length, targetsOfRule, options.warn);
    if (pattern) checkQuota(`${label}.event_pattern`, lengthOf(pattern), patternLength, options.warn);
    return {
      name,
      arn,
      enabled: attributes.state === undefined ? attributes.is_enabled !== false : attributes.state !== 'DISABLED',
      description: attributes.description,
      eventPattern: pattern,
      scheduleExpression: schedule,
      matches: pattern ? compilePattern(pattern, `${label}.event_pattern`) : () => false,
      nextRun: schedule ? naming(resource, () => compileSchedule(schedule)) : undefined,
      targets: own.map((target) => createTarget(target, { ruleArn: arn, ruleName: name }, options)),
    };
  });
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const targetsOfRule = { quota: 5, most: 5, what: 'targets', advice: 'give another rule the same pattern' };
/** The most is of https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html. */
const patternLength = { quota: 2_048, most: 4_096, what: 'characters', advice: 'divide it among several rules' };

/** Without the spaces between its members: so does Terraform send it. What is no JSON is told where it is compiled. */
const lengthOf = (pattern: string): number => JSON.stringify(parsedJson(pattern))?.length ?? 0;

/** What a scheduled rule sends its targets. */
export function scheduledEvent(
  rule: Rule,
  { region, accountId }: Environment,
  { clock, randomness }: Pick<Ports, 'clock' | 'randomness'>,
): EventBridgeEvent {
  return {
    version: '0',
    id: randomness.uuid(),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: accountId,
    time: eventTime(clock.now()),
    region,
    resources: [rule.arn],
    detail: {},
  };
}
