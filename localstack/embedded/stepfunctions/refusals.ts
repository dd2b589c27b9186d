import { aslErrors } from './asl-errors.ts';
import type { Definition, Graph, MachineDefinition, StateDefinition } from './definition.ts';
import { assertMachine, assertState } from './definition-rules.ts';
import { assertErrorHandlers } from './error-handlers.ts';
import { UnsupportedDefinitionError } from './errors.ts';
import { isObject } from './json.ts';
import { compileTemplate, isSyntaxError } from './payload-template.ts';
import { parsePath } from './reference-path.ts';
import { assertParameters } from './task-parameters.ts';
import { isTimestamp } from './timestamp.ts';

export const STATE_TYPES = ['Task', 'Pass', 'Wait', 'Choice', 'Succeed', 'Fail', 'Map', 'Parallel'];
/** Of a distributed Map. */
const MAP_FIELDS = [
  'ItemReader',
  'ItemBatcher',
  'ResultWriter',
  'Label',
  'MaxConcurrencyPath',
  'ToleratedFailureCount',
  'ToleratedFailureCountPath',
  'ToleratedFailurePercentage',
  'ToleratedFailurePercentagePath',
];
const JSONATA_FIELDS = ['Arguments', 'Assign', 'Output', 'Condition', 'Items'];
const TASK_FIELDS = ['HeartbeatSeconds', 'HeartbeatSecondsPath', 'Credentials'];
const LAMBDA_ARN = /^arn:[\w-]+:lambda:[^:]*:\d{12}:function:[\w-]+(:[\w$-]+)?$/;
export const INTEGRATIONS = [
  'lambda:invoke',
  'dynamodb:getItem',
  'dynamodb:putItem',
  'dynamodb:updateItem',
  'dynamodb:deleteItem',
  'sqs:sendMessage',
  'sns:publish',
];

/** `dynamodb` and `updateItem` for an optimised integration; undefined for a Lambda function's ARN. */
export function integrationOf(resource: string): { readonly service: string; readonly action: string } | undefined {
  const match = /^arn:[\w-]+:states:::([\w-]+):([\w.]+)$/.exec(resource);
  return match === null ? undefined : { service: match[1] as string, action: match[2] as string };
}

/** Throws unless the definition is valid ASL made of constructs that run here as they do on AWS. */
export function supportedDefinition({ name, definition }: MachineDefinition): Definition {
  const machine = `state machine '${name}'`;
  if ((definition as { QueryLanguage?: string }).QueryLanguage === 'JSONata') {
    throw new UnsupportedDefinitionError(machine, 'JSONata', 'Use JSONPath.');
  }
  const misread = misreadBy(() => {
    assertMachine(machine, definition as Partial<Definition>);
    assertGraphSupported(machine, definition as Partial<Definition>);
  });
  const errors = aslErrors(definition) ?? misread;
  if (errors !== undefined) throw new Error(`${machine} is no valid ASL: ${errors}`);
  return definition as Definition;
}

/** What a field of a type that its reader does not expect throws. Only ASL's schema says in words which field it is. */
function misreadBy(read: () => void): string | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    if (error instanceof TypeError) return error.message;
    throw error;
  }
}

/** With the states inside its states. The schema's validator reads what a state has without a look at whether it is one. */
function assertGraphSupported(machine: string, { States = {} }: Partial<Graph>): void {
  if (!isObject(States)) throw new Error(`${machine}: States must be an object`);
  for (const [name, state] of Object.entries(States)) {
    const where = `${machine}, state '${name}'`;
    if (!isObject(state)) throw new Error(`${where} must be an object`);
    assertStateSupported(where, state);
    const inner = [state.ItemProcessor, state.Iterator, ...(state.Branches ?? [])];
    for (const graph of inner) {
      if (graph === undefined) continue;
      if (!isObject(graph)) throw new Error(`${where}: the states inside must be in an object`);
      assertGraphSupported(machine, graph);
    }
    const { ProcessorConfig } = (state.ItemProcessor ?? {}) as { ProcessorConfig?: { Mode?: string } };
    if (ProcessorConfig?.Mode === 'DISTRIBUTED')
      throw new UnsupportedDefinitionError(where, 'a distributed Map', 'Use Mode INLINE.');
  }
}

function assertStateSupported(where: string, state: StateDefinition): void {
  if (!STATE_TYPES.includes(state.Type)) {
    throw new UnsupportedDefinitionError(where, `a state of type ${state.Type}`, `Use ${STATE_TYPES.join(', ')}.`);
  }
  if ((state as { QueryLanguage?: string }).QueryLanguage === 'JSONata') {
    throw new UnsupportedDefinitionError(where, 'JSONata', 'Use JSONPath.');
  }
  for (const field of [...JSONATA_FIELDS, ...TASK_FIELDS, ...MAP_FIELDS]) {
    if (Object.hasOwn(state, field)) throw new UnsupportedDefinitionError(where, field, 'Leave it out.');
  }
  if (state.Type === 'Task') assertResource(where, state);
  if (state.Timestamp !== undefined && !isTimestamp(state.Timestamp)) {
    throw new Error(`${where}: the Timestamp '${state.Timestamp}' must be like 2026-11-26T08:00:00Z`);
  }
  assertState(where, state);
  assertErrorHandlers(where, state);
  if (state.Type === 'Choice' && (state.End !== undefined || state.Next !== undefined)) {
    throw new Error(`${where}: a Choice goes where its rules say, and has neither Next nor End`);
  }
  for (const template of [state.Parameters, state.ResultSelector, state.ItemSelector]) {
    if (template !== undefined) refusingSyntax(where, () => compileTemplate(template));
  }
  const paths = {
    InputPath: state.InputPath,
    OutputPath: state.OutputPath,
    ItemsPath: state.ItemsPath,
    ErrorPath: plainPath(state.ErrorPath),
    CausePath: plainPath(state.CausePath),
  };
  for (const [field, path] of Object.entries(paths)) {
    if (typeof path === 'string') assertPath(where, field, path);
  }
  for (const { ResultPath } of [state, ...(state.Catch ?? [])]) {
    if (ResultPath === undefined || ResultPath === null || ResultPath === '$') continue;
    // The schema does not look at that of a Parallel's Catch.
    if (typeof ResultPath !== 'string') throw new Error(`${where}: ResultPath must be a text or null`);
    assertPath(where, 'ResultPath', ResultPath);
    if (!ResultPath.startsWith('$.')) {
      throw new UnsupportedDefinitionError(
        where,
        `the ResultPath '${ResultPath}'`,
        'Use null, $ or a field, such as $.result.',
      );
    }
  }
}

/** Where it is no call of an intrinsic function, which is checked when it is compiled. */
const plainPath = (path: string | undefined) => (path?.startsWith('States.') ? undefined : path);

function assertResource(where: string, { Resource: resource = '', Parameters }: StateDefinition): void {
  const integration = integrationOf(resource);
  const name = integration && `${integration.service}:${integration.action}`;
  const supported = name === undefined ? LAMBDA_ARN.test(resource) : INTEGRATIONS.includes(name);
  if (!supported) {
    const advice = `Use a Lambda function's ARN or arn:aws:states::: with one of ${INTEGRATIONS.join(', ')}.`;
    throw new UnsupportedDefinitionError(where, `the resource '${resource}'`, advice);
  }
  if (name !== undefined) assertParameters(where, name, Parameters);
}

/** Runs a compilation; a path or an intrinsic call that it does not know is refused. */
export function refusingSyntax<T>(where: string, compile: () => T): T {
  try {
    return compile();
  } catch (error) {
    if (!isSyntaxError(error)) throw error;
    throw new UnsupportedDefinitionError(
      where,
      error.message,
      'Use plain paths and the documented intrinsic functions.',
    );
  }
}

function assertPath(where: string, field: string, path: string): void {
  try {
    parsePath(path);
  } catch (error) {
    const advice = `${(error as Error).message}; use a plain path, such as $.order.id.`;
    throw new UnsupportedDefinitionError(where, `the ${field} '${path}'`, advice);
  }
}
