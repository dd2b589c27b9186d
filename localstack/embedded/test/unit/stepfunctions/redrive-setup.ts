import { failure, LAMBDA } from './support.ts';

export const task = (next?: string) => ({
  Type: 'Task',
  Resource: LAMBDA,
  ...(next === undefined ? { End: true } : { Next: next }),
});
export const twoSteps = {
  First: { ...task('Second'), ResultPath: '$.first' },
  Second: { ...task(), ResultPath: '$.second' },
};

/** The second step fails in its first attempts. */
export const failingSecond =
  (times = 1) =>
  ({ stateName }: { stateName: string }, attempt: number) => {
    if (stateName === 'Second' && attempt <= times) throw failure('Broken');
    return attempt;
  };
