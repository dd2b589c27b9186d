import { LAMBDA } from './support.ts';

export const lambdaTask = (rest: object) => ({ Type: 'Task', Resource: LAMBDA, ...rest });
