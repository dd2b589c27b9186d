/**
 * What a target gets of an event: all of it, a part, a constant, or a template filled in.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
import type { StackResource } from '../types.ts';
import { type EventBridgeEvent, eventTime } from './event.ts';
import { asWritten, isRawNumber } from './written-numbers.ts';

export interface RuleContext {
  readonly ruleArn: string;
  readonly ruleName: string;
}

/** JSON text, as it goes to a queue or becomes a function's payload; `receivedAt` in epoch milliseconds. */
export type TargetInput = (event: EventBridgeEvent, receivedAt: number) => string;

/** @throws Error for more than one kind of input, or a path or template that AWS would refuse. */
export function compileTargetInput(target: StackResource, rule: RuleContext): TargetInput {
  const inputOf = compileInput(target, rule);
  return (event, receivedAt) => inputOf(asWritten(event), receivedAt);
}

function compileInput(target: StackResource, rule: RuleContext): TargetInput {
  const { input, input_path: path, input_transformer: transformer } = target.attributes;
  const given = [input, path, transformer].filter((one) => one !== undefined && one !== null);
  if (given.length > 1) throw new Error('only one of input, input_path and input_transformer is allowed');
  if (input) return constant(String(input));
  if (path) {
    const read = compilePath(String(path));
    return (event) => JSON.stringify(read(event) ?? null);
  }
  return transformer ? compileTemplate(transformer, rule) : (event) => JSON.stringify(event);
}

/** As ListTargetsByRule answers it. */
export function describeTargetInput({ attributes }: StackResource) {
  const { input, input_path: path, input_transformer: transformer } = attributes;
  return {
    ...(input && { Input: String(input) }),
    ...(path && { InputPath: String(path) }),
    ...(transformer && {
      InputTransformer: { InputPathsMap: transformer.input_paths ?? {}, InputTemplate: transformer.input_template },
    }),
  };
}

function constant(input: string): TargetInput {
  JSON.parse(input);
  return () => input;
}

/** The JSONPath that EventBridge takes: `$`, names after dots or in brackets, and list positions. */
function compilePath(path: string): (event: unknown) => unknown {
  const steps = path.match(/\.[\w-]+|\[\d+\]|\['[^']+'\]/g) ?? [];
  if (!path.startsWith('$') || steps.join('') !== path.slice(1))
    throw new Error(`"${path}" is not a path such as $.detail.status`);
  const keys = steps.map((step) => step.replace(/^\.|^\['?|'?\]$/g, ''));
  // biome-ignore lint/suspicious/noExplicitAny: any JSON may be walked.
  return (event) => keys.reduce<any>((value, key) => value?.[key], event);
}

interface Transformer {
  readonly input_paths?: Readonly<Record<string, string>>;
  readonly input_template: string;
}

function compileTemplate(
  { input_paths: paths = {}, input_template: template }: Transformer,
  rule: RuleContext,
): TargetInput {
  const reads = new Map(Object.entries(paths).map(([name, path]) => [name, compilePath(path)]));
  const reserved = new Map<string, (event: EventBridgeEvent, receivedAt: number) => unknown>([
    ['aws.events.rule-arn', () => rule.ruleArn],
    ['aws.events.rule-name', () => rule.ruleName],
    ['aws.events.event.ingestion-time', (_event, receivedAt) => eventTime(receivedAt)],
    ['aws.events.event', withoutDetail],
    ['aws.events.event.json', (event) => event],
  ]);
  const sourceOf = (name: string) => reads.get(name) ?? reserved.get(name);
  for (const [, name = ''] of template.matchAll(placeholder)) {
    if (!sourceOf(name)) throw new Error(`input_template uses <${name}>, which is not in input_paths`);
  }
  const isText = template.trimStart().startsWith('"');
  return (event, receivedAt) => {
    const filled = template.replace(placeholder, (_text, name: string, offset: number) => {
      const value = sourceOf(name)?.(event, receivedAt);
      if (!insideString(template, offset)) return JSON.stringify(value ?? '');
      if (!isText && typeof value === 'object' && value !== null && !isRawNumber(value)) {
        throw new Error(`input_template has <${name}> between quotes, where ${JSON.stringify(value)} makes no JSON`);
      }
      return inString(value);
    });
    return filled.trim();
  };
}

/** As recorded on AWS: its members have names and an order of their own. */
const withoutDetail = (event: EventBridgeEvent) => ({
  id: event.id,
  account: event.account,
  detailType: event['detail-type'],
  time: event.time,
  source: event.source,
  region: event.region,
  resources: event.resources,
  version: event.version,
});

const placeholder = /<([\w.-]+)>/g;

function insideString(template: string, offset: number): boolean {
  const before = template.slice(0, offset).replaceAll(/\\./g, '');
  return (before.match(/"/g) ?? []).length % 2 === 1;
}

/**
 * Between quotes strings go in as they are, and objects and lists of a text as JSON without its quotes: so do inputs recorded on AWS.
 * What the event lacks is empty.
 */
function inString(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value).slice(1, -1);
  return value === undefined ? '' : JSON.stringify(value).replaceAll('"', '');
}
