import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AwsError, OUTSIDE } from '#embedded/types.ts';
import { aLambda, type Fixture } from './fixture.ts';

const CODE = `
  let writes = 0;
  export const handler = async (event) => event.count ? writes : { writes: ++writes, event };
`;

describe('intercepting invocations', () => {
  let fixture: Fixture;
  const invoke = async (payload: unknown = {}) => fixture.lambda.invoke('step', payload, OUTSIDE);
  const writes = async () => (await invoke({ count: true })).payload as number;
  beforeAll(async () => {
    fixture = await aLambda({ step: CODE });
  });
  afterAll(() => fixture.close());

  it('sees function and payload, and may change both ways', async () => {
    const end = fixture.lambda.intercept(async ({ functionName, payload, proceed }) => {
      const { payload: result } = await proceed({ changed: payload });
      return { payload: { functionName, result } };
    });
    const reply = await invoke({ trip: 't1' });
    expect(reply.payload).toMatchObject({ functionName: 'step', result: { event: { changed: { trip: 't1' } } } });
    expect(reply.logTail).toContain('REPORT');
    end();
    expect((await invoke({ trip: 't1' })).payload).toMatchObject({ event: { trip: 't1' } });
  });

  it('may lose the reply after the write', async () => {
    const before = await writes();
    const end = fixture.lambda.intercept(async ({ proceed }) => {
      await proceed();
      throw Object.assign(new Error('reply lost'), { name: 'Sandbox.Timedout' });
    });
    const reply = await invoke();
    end();
    expect(reply.functionError).toBe('Unhandled');
    expect(reply.payload).toMatchObject({ errorType: 'Sandbox.Timedout', errorMessage: 'reply lost' });
    expect(await writes()).toBe(before + 1);
  });

  it('may fail before the function runs, as Lambda itself', async () => {
    const before = await writes();
    const end = fixture.lambda.intercept(() => {
      throw new AwsError('ServiceException', 'down', 500);
    });
    await expect(invoke()).rejects.toMatchObject({ code: 'ServiceException' });
    end();
    expect(await writes()).toBe(before);
  });

  it('may call the function twice', async () => {
    const before = await writes();
    const end = fixture.lambda.intercept(async ({ proceed }) => {
      await proceed();
      return proceed();
    });
    await invoke();
    end();
    expect(await writes()).toBe(before + 2);
  });

  it('nests hooks in the order in which they came', async () => {
    const order: string[] = [];
    const ends = ['outer', 'inner'].map((name) =>
      fixture.lambda.intercept(async ({ proceed }) => {
        order.push(`${name} before`);
        const reply = await proceed();
        order.push(`${name} after`);
        return reply;
      }),
    );
    await invoke();
    for (const end of ends) end();
    expect(order).toEqual(['outer before', 'inner before', 'inner after', 'outer after']);
  });
});
