import { sagaErrors } from '#functions/saga-errors.ts';
import { readSaga, type State } from '../../../statemachine/tools/asl.ts';

export const machine = readSaga();

export const errors = sagaErrors.map((ErrorClass) => new ErrorClass('test'));

export const tasks = Object.entries(machine.States).filter(([, { Type }]) => Type === 'Task');

export const functionStates = tasks
  .filter(([, { Resource }]) => Resource?.startsWith('{{') === true)
  .map(([name]) => name);

export const retriesOf = ({ Retry = [] }: State, retried: boolean) =>
  Retry.filter(({ MaxAttempts = 3 }) => MaxAttempts > 0 === retried).flatMap(({ ErrorEquals }) => ErrorEquals);
