/** Operations that judge a definition which is no machine of the stack: ValidateStateMachineDefinition and TestState. */
import type { Ports } from '../ports.ts';
import type { Operation } from '../service.ts';
import { type Authorize, AwsError } from '../types.ts';
import type { TaskPort } from './contract.ts';
import type { MachineDefinition, StateDefinition } from './definition.ts';
import { UnsupportedDefinitionError } from './errors.ts';
import { isObject, type Json } from './json.ts';
import { compileMachine } from './machine.ts';
import { executionInput, textMember, validationError } from './requests.ts';
import { stateTest } from './state-test.ts';

interface Options {
  readonly authorize: Authorize;
  readonly tasks: TaskPort;
  readonly ports: Ports;
  readonly accountId: string;
}

export function createDefinitionChecks({ authorize, tasks, ports, accountId }: Options): Record<string, Operation> {
  return {
    /** https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinition.html */
    ValidateStateMachineDefinition(input, caller) {
      authorize(caller, 'states:ValidateStateMachineDefinition', '*');
      const problem = problemOf(() => compile(parsed(textMember(input, 'definition'))));
      const diagnostics = problem === undefined ? [] : [diagnosticOf(problem)];
      return { result: problem === undefined ? 'OK' : 'FAIL', diagnostics, truncated: false };
    },
    /** https://docs.aws.amazon.com/step-functions/latest/apireference/API_TestState.html */
    async TestState(input, caller) {
      authorize(caller, 'states:TestState', '*');
      for (const member of ['mock', 'variables', 'stateName', 'stateConfiguration', 'context']) {
        if (input[member] !== undefined) throw notHere(`TestState with ${member}`);
      }
      if (input.inspectionLevel !== undefined && input.inspectionLevel !== 'INFO') {
        throw notHere(`TestState with inspectionLevel ${input.inspectionLevel}`);
      }
      const roleArn = typeof input.roleArn === 'string' ? input.roleArn : undefined;
      if (roleArn !== undefined) authorize(caller, 'iam:PassRole', roleArn);
      const state = parsed(textMember(input, 'definition')) as StateDefinition;
      if (state.Type === 'Map' || state.Type === 'Parallel') throw notHere(`TestState of a ${state.Type} state`);
      if (state.Type === 'Task' && roleArn === undefined)
        throw validationError("'roleArn' is missing, a Task needs it");
      const problem = problemOf(() => compile(alone(state)));
      if (problem !== undefined)
        throw new AwsError('InvalidDefinition', `Invalid State Machine Definition: '${problem}'`);
      const machine = compile(alone(state));
      const execution = { accountId, roleArn: roleArn ?? '', input: JSON.parse(executionInput(input)) as Json };
      return stateTest(machine, execution, { tasks, ports });
    },
  };
}

const NAME = 'TestState';
const NO_JSON = 'INVALID_JSON_DESCRIPTION';

const compile = (definition: object) =>
  compileMachine({
    name: 'definition',
    arn: '',
    roleArn: '',
    definition,
    type: 'STANDARD',
  } satisfies MachineDefinition);

/** A machine of the state and of ends in the place of those that it leads to. */
function alone(state: StateDefinition): object {
  const next = [
    state.Next,
    state.Default,
    ...[...(state.Choices ?? []), ...(state.Catch ?? [])].map(({ Next }) => Next),
  ];
  const ends = next.filter((name) => typeof name === 'string').map((name) => [name, { Type: 'Succeed' }]);
  const isLast = ['Choice', 'Fail', 'Succeed'].includes(state.Type) || state.Next !== undefined;
  return {
    StartAt: NAME,
    States: { ...Object.fromEntries(ends), [NAME]: isLast ? state : { ...state, End: true } },
  };
}

function parsed(text: string): object {
  const value = problemOf(() => JSON.parse(text)) === undefined ? (JSON.parse(text) as unknown) : undefined;
  if (isObject(value)) return value;
  throw new AwsError('InvalidDefinition', `Invalid State Machine Definition: '${NO_JSON}'`);
}

/** The message of what `run` throws. @throws AwsError for what AWS knows and this does not: that is no fault of the definition */
function problemOf(run: () => void): string | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    if (error instanceof UnsupportedDefinitionError) throw new AwsError('ValidationException', error.message);
    return (error as Error).message;
  }
}

function diagnosticOf(message: string) {
  const code = message.includes(NO_JSON) ? NO_JSON : 'SCHEMA_VALIDATION_FAILED';
  return { severity: 'ERROR', code, message };
}

const notHere = (what: string) => new AwsError('ValidationException', `${what} is not served by the local cloud.`);
