/** Cases out of a checkout of localstack/localstack, whose tests keep what AWS answered. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import type { ChoiceCase, IntrinsicCase, PatternCase } from './cases.ts';

interface Recording {
  readonly 'recorded-content': Readonly<Record<string, unknown>>;
}

const STATES = 'tests/aws/services/stepfunctions';
const PATTERNS = 'tests/aws/services/events/event_pattern_templates';
/** Their results are random, or name the machine that was recorded. */
const UNREPEATABLE = /math_random|uuid|context|nested_calls/;

/** JSON5 is a part of JavaScript. */
const json5 = (file: string): unknown => runInNewContext(`(${readFileSync(file, 'utf8')})`);
const json = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, Recording>>;
const filesOf = (folder: string, ending: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => join(folder, name));

/** `test_x` → its part of a Python file. */
function bodiesOf(file: string): Map<string, string> {
  const parts = readFileSync(file, 'utf8').split(/^ {4}def (?=test_)/m);
  return new Map(parts.slice(1).map((part) => [part.slice(0, part.indexOf('(')), part]));
}

const testOf = (id: string): string => id.slice(id.lastIndexOf('::') + 2);

/** The rules compare a variable with `$.Value`, or with the value in the place of the path where the test says so. */
export function choicesOf(checkout: string): ChoiceCase[] {
  return filesOf(join(checkout, STATES, 'v2/choice_operators'), '.snapshot.json').flatMap((file) => {
    const bodies = bodiesOf(file.replace('.snapshot.json', '.py'));
    return Object.entries(json(file)).flatMap(([id, recording]) => {
      const body = bodies.get(testOf(id)) ?? '';
      const [, operator] = /\n\s+"(\w+)",\n/.exec(body) ?? [];
      const cases = recording['recorded-content'].cases as readonly { input: unknown; output: unknown }[] | undefined;
      if (operator === undefined || cases === undefined) return [];
      // Some times have been taken out of the recordings.
      const whole = cases.filter(({ input }) => !JSON.stringify(input).includes('"date"'));
      return whole.map(({ input, output }): ChoiceCase => {
        const { Variable, Value } = input as { Variable: unknown; Value: unknown };
        return {
          operator,
          variable: Variable,
          operand: operator.endsWith('Path') ? '$.Value' : Value,
          value: Value,
          matches: JSON.stringify(output).includes('ConditionTrue'),
        };
      });
    });
  });
}

interface HistoryEvent {
  readonly type: string;
  readonly executionStartedEventDetails?: { readonly input: unknown };
  readonly executionSucceededEventDetails?: { readonly output: unknown };
  readonly executionFailedEventDetails?: { readonly error?: string; readonly cause?: string };
}

export function intrinsicsOf(checkout: string): IntrinsicCase[] {
  const templates = readFileSync(
    join(checkout, STATES, 'templates/intrinsicfunctions/intrinsic_functions_templates.py'),
    'utf8',
  );
  const definitionOf = (template: string): unknown => {
    const [, path] = new RegExp(`\\b${template}: Final\\[str\\] = [^"]*"([^"]+)"`).exec(templates) ?? [];
    return path === undefined ? undefined : json5(join(checkout, STATES, 'templates/intrinsicfunctions', path));
  };
  return filesOf(join(checkout, STATES, 'v2/intrinsic_functions'), '.snapshot.json')
    .filter((file) => !file.includes('jsonata'))
    .flatMap((file) => {
      const bodies = bodiesOf(file.replace('.snapshot.json', '.py'));
      return Object.entries(json(file)).flatMap(([id, recording]) => {
        const test = testOf(id);
        const [, template = ''] = /\bIFT\.([A-Z0-9_]+)/.exec(bodies.get(test) ?? '') ?? [];
        const definition = definitionOf(template);
        if (definition === undefined || UNREPEATABLE.test(test)) return [];
        return Object.values(recording['recorded-content']).map((history, index): IntrinsicCase => {
          const { events } = history as { readonly events: readonly HistoryEvent[] };
          const [started, ended] = [events[0], events.at(-1)];
          const failure = ended?.executionFailedEventDetails;
          const { Comment: _, ...machine } = definition as { readonly Comment?: string };
          return {
            name: `${test}[${index}]`,
            definition: machine,
            input: started?.executionStartedEventDetails?.input,
            ...(failure ? { error: failure.error ?? '' } : { output: ended?.executionSucceededEventDetails?.output }),
          };
        });
      });
    });
}

/** A name that ends in `_NEG` is of an event that does not match, in `_EXC` of a pattern that AWS refuses. */
export function patternsOf(checkout: string): PatternCase[] {
  return filesOf(join(checkout, PATTERNS), '.json5').map((file) => {
    const { Event, EventPattern } = json5(file) as { readonly Event: unknown; readonly EventPattern: unknown };
    const name = file.slice(file.lastIndexOf('/') + 1, -'.json5'.length);
    const outcome = name.endsWith('_EXC') ? 'refused' : name.endsWith('_NEG') ? 'no match' : 'match';
    return { name, pattern: EventPattern, event: Event, outcome };
  });
}
