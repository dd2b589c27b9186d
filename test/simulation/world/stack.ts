import { loadStack, type Stack } from '#embedded/index.ts';
import { type MachineDefinition, machinesOf } from '#embedded/testing.ts';
import { stageConfig } from '#infra/config.ts';
import { stackFile } from '#infra/paths.ts';
import { renderAsl } from '#infra/render-asl.ts';
import { previousAsl } from '#test/contract/release/release.ts';
import { patched, textOfFile } from '../mends/patch.ts';

/** The synthesized stack of the stage `local`: tables, queues, topic, rules, the machine, the functions' variables. */
export const stack: Stack = loadStack(stackFile('booking-saga-local'), { synthesizeCommand: 'npm run synth' });

export const functionPrefix = 'booking-saga-local-';

const only = (type: string, name?: string) => {
  const found = stack.resources(type).find(({ attributes }) => name === undefined || attributes.name === name);
  if (found === undefined) throw new Error(`The stack has no ${type} ${name ?? ''}`);
  return found.attributes;
};

export const tableName = String(only('aws_dynamodb_table').name);
export const machineArn = String(only('aws_sfn_state_machine').arn);
export const queues = {
  redrive: String(only('aws_sqs_queue', `${functionPrefix}redrive`).name),
  letters: String(only('aws_sqs_queue', `${functionPrefix}dead-letters`).name),
  loyalty: String(only('aws_sqs_queue', `${functionPrefix}loyalty`).name),
  lostPoints: String(only('aws_sqs_queue', `${functionPrefix}loyalty-dead-letters`).name),
} as const;
export const rules = { reconcile: `${functionPrefix}reconcile`, audit: `${functionPrefix}seat-audit` } as const;

export const urlOf = (queue: string): string => `http://sqs.local/${stack.accountId}/${queue}`;
export const arnOf = (queue: string): string => `arn:aws:sqs:${stack.region}:${stack.accountId}:${queue}`;

/** Seconds after which Step Functions ends a run, by the definition. */
export const machineSeconds = Number(JSON.parse(String(only('aws_sfn_state_machine').definition)).TimeoutSeconds);

/** The stack's machine; with its file's patches, where there are any. */
export function machine(): MachineDefinition {
  const text = patched(aslName, template());
  return text === template() ? source() : rendered(text);
}

/** The one of the release before, in the stack of now: what its sagas that are under way have left of their release. */
export const previousMachine = (): MachineDefinition => rendered(previousAsl());

function source(): MachineDefinition {
  const [found] = machinesOf(stack);
  if (found === undefined) throw new Error('The stack has no state machine');
  return found;
}

const template = (): string => textOfFile(aslName);

function rendered(text: string): MachineDefinition {
  const values = new Map<string, string>();
  collectValues(JSON.parse(template()), source().definition, values);
  const { retry } = stageConfig();
  const { definition } = renderAsl(text, Object.fromEntries(values), { retry });
  return { ...source(), definition: JSON.parse(definition) as object };
}

const aslName = 'statemachine/booking-saga.asl.json';

/** What the synth has put in the places of the template. */
function collectValues(template: unknown, rendered: unknown, values: Map<string, string>): void {
  if (typeof template === 'string') {
    const [, name] = /^\{\{(\w+)\}\}$/.exec(template) ?? [];
    if (name !== undefined) values.set(name, String(rendered));
  } else if (typeof template === 'object' && template !== null) {
    for (const [key, value] of Object.entries(template)) {
      collectValues(value, (rendered as Record<string, unknown> | undefined)?.[key], values);
    }
  }
}

/** Of all functions: where two have the same variable, it has the same value. */
export function variablesOfFunctions(): Record<string, string> {
  const variables = stack
    .resources('aws_lambda_function')
    .map(({ attributes }) => attributes.environment?.variables ?? {});
  return Object.assign({}, ...variables) as Record<string, string>;
}
