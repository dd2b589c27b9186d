import { describe, expect, it } from '@jest/globals';
import { AwsError, OUTSIDE } from '#embedded/types.ts';
import { CODE } from './answering-code.ts';
import { aLambda, arnOf, deny } from './fixture.ts';

describe('permission to invoke', () => {
  it('is asked for the function as it is named, and a refusal runs nothing', async () => {
    const asked: unknown[] = [];
    const fixture = await aLambda(
      { step: CODE },
      {
        authorize: (caller, action, arn) => {
          asked.push([caller.roleArn, action, arn]);
          deny('lambda:InvokeFunction')(caller, action, arn);
        },
      },
    );
    const call = fixture.lambda.invoke('step', {}, { roleArn: 'arn:role' });
    await expect(call).rejects.toBeInstanceOf(AwsError);
    expect(asked).toEqual([['arn:role', 'lambda:InvokeFunction', arnOf('step')]]);
    expect((await fixture.lambda.invoke('step', { do: 'count' }, OUTSIDE)).payload).toBe(1);
    await fixture.close();
  });
});
