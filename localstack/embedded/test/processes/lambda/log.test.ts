import { describe, expect, it } from '@jest/globals';
import { createLogs } from '#embedded/logs/index.ts';
import type { Happening } from '#embedded/observer.ts';
import { type Authorize, AwsError, OUTSIDE } from '#embedded/types.ts';
import { aLambda, deny } from './fixture.ts';

const TALKATIVE = `
  console.log('at the start');
  export const handler = async (event) => {
    if (event.much) { for (let line = 0; line < 1500; line += 1) console.log('line ' + line + ' ' + 'x'.repeat(100)); return; }
    console.info('trip %s', 't1', { a: 1 });
    console.error(new TypeError('lost').message);
    process.stdout.write('{"raw":true}\\nsecond ');
    process.stderr.write('on stderr\\n');
    process.stdout.write('half\\nunfinished');
    if (event.fail) throw new Error('no seats');
  };
`;

const ID = '[0-9a-f-]{36}';
const TIME = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`;

describe('the log of a function', () => {
  it('has what was written in order, between START and REPORT, in Lambda form', async () => {
    const { lambda, log, logs, close } = await aLambda({ step: TALKATIVE });
    await lambda.invoke('step', {}, OUTSIDE);
    const lines = [
      `${TIME}\tundefined\tINFO\tat the start`,
      `START RequestId: ${ID} Version: \\$LATEST`,
      `${TIME}\t${ID}\tINFO\ttrip t1 \\{ a: 1 \\}`,
      `${TIME}\t${ID}\tERROR\tlost`,
      '\\{"raw":true\\}',
      'on stderr',
      'second half',
      'unfinished',
      `END RequestId: ${ID}`,
      `REPORT RequestId: ${ID}\tDuration: [\\d.]+ ms\tBilled Duration: \\d+ ms\tMemory Size: 256 MB\tMax Memory Used: \\d+ MB\tInit Duration: [\\d.]+ ms`,
    ];
    expect(log()).toEqual(lines.map((line) => expect.stringMatching(new RegExp(`^${line}$`))));
    const streams = new Set(logs.lines().map(({ stream }) => stream));
    expect([...streams]).toEqual([expect.stringMatching(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/)]);
    await lambda.invoke('step', {}, OUTSIDE);
    expect(log().at(-1)).not.toContain('Init Duration');
    await close();
  });

  it('has an error that was thrown, and the invocation answers with the log tail', async () => {
    const { lambda, log, close } = await aLambda({ step: TALKATIVE });
    const { logTail } = await lambda.invoke('step', { fail: true }, OUTSIDE);
    const error = log().find((line) => line.includes('Invoke Error'));
    expect(error).toMatch(
      new RegExp(`^${TIME}\t${ID}\tERROR\tInvoke Error \t\\{"errorType":"Error","errorMessage":"no seats","stack":\\[`),
    );
    expect(logTail).toContain('no seats');
    expect(logTail).toMatch(/^START[\s\S]*REPORT .*\n$|REPORT .*\n$/);
    await close();
  });

  it('loses nothing of a function that writes more than fits into its buffer', async () => {
    const { lambda, log, close } = await aLambda({ step: TALKATIVE });
    const { logTail } = await lambda.invoke('step', { much: true }, OUTSIDE);
    const written = log()
      .filter((line) => line.includes('\tline '))
      .map((line) => Number(/\tline (\d+)/.exec(line)?.[1]));
    expect(written).toEqual(Array.from({ length: 1_500 }, (_, line) => line));
    expect(logTail).toHaveLength(4_096);
    await close();
  });

  it('is JSON where the function says so', async () => {
    const logging_config = { log_format: 'JSON', log_group: '/own/group' };
    const { lambda, logs, close } = await aLambda({ step: { code: TALKATIVE, attributes: { logging_config } } });
    await lambda.invoke('step', {}, OUTSIDE);
    const lines = logs.lines({ group: '/own/group' }).map(({ message }) => message);
    expect(lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line))).toEqual([
      { timestamp: expect.any(String), level: 'INFO', message: 'at the start' },
      expect.objectContaining({ type: 'platform.start' }),
      expect.objectContaining({ level: 'INFO', message: 'trip t1 { a: 1 }', requestId: expect.any(String) }),
      expect.objectContaining({ level: 'ERROR', message: 'lost' }),
      { raw: true },
      expect.objectContaining({ type: 'platform.report' }),
    ]);
    await close();
  });

  it.each(['logs:CreateLogStream', 'logs:PutLogEvents'])('is told and not kept without %s', async (action) => {
    const seen: Happening[] = [];
    const logs = createLogs({ observe: (happening) => void seen.push(happening) });
    const { lambda, close } = await aLambda({ step: TALKATIVE }, { authorize: deny(action), logs });
    expect((await lambda.invoke('step', {}, OUTSIDE)).functionError).toBeUndefined();
    expect(logs.lines()).toEqual([]);
    const told = seen.flatMap((one) => (one.type === 'logLine' ? [one] : []));
    expect(told.map(({ message }) => message)).toContainEqual(expect.stringMatching(/^REPORT RequestId: /));
    expect(told.every(({ isDropped }) => isDropped === true)).toBe(true);
    await close();
  });

  it('is allowed to the role for its own stream, asked anew every time', async () => {
    const asked: string[][] = [];
    let allowed = true;
    const authorize: Authorize = (caller, action, arn) => {
      if (caller.roleArn !== undefined) asked.push([caller.roleArn, action, arn]);
      if (action.startsWith('logs:') && !allowed) throw new AwsError('AccessDeniedException', 'no', 403);
    };
    const { lambda, logs, log, close } = await aLambda(
      { step: 'export const handler = async () => {};' },
      { authorize },
    );
    await lambda.invoke('step', {}, OUTSIDE);
    const stream = logs.lines()[0]?.stream;
    const arn = `arn:aws:logs:us-east-1:000000000000:log-group:/aws/lambda/step:log-stream:${stream}`;
    const role = 'arn:aws:iam::000000000000:role/step';
    expect(asked).toEqual([
      [role, 'logs:CreateLogStream', arn],
      [role, 'logs:PutLogEvents', arn],
    ]);
    const before = log().length;
    allowed = false;
    await lambda.invoke('step', {}, OUTSIDE);
    expect(log()).toHaveLength(before);
    await close();
  });
});
