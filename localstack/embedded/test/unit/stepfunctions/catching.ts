import { LAMBDA } from './support.ts';

export const caught = (rest: { readonly Catch?: unknown; readonly [field: string]: unknown }) => ({
  Reserve: { Type: 'Task', Resource: LAMBDA, End: true, ...rest },
  ...(rest.Catch === undefined ? {} : { Undo: { Type: 'Pass', End: true } }),
});

export const catchAll = [{ ErrorEquals: ['States.ALL'], ResultPath: '$.reserveError', Next: 'Undo' }];
