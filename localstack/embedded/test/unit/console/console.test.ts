import { describe, expect, it } from '@jest/globals';
import { createConsole } from '#embedded/console/index.ts';
import { logFilterOf } from '#embedded/console/log-filter.ts';
import type { Happening } from '#embedded/observer.ts';

const clearing = String.fromCharCode(27);
const group = '/aws/lambda/shop-local-pay';

function aConsole({ quiet = false, logs }: { quiet?: boolean; logs?: readonly string[] } = {}) {
  const lines: string[] = [];
  const later: (() => void)[] = [];
  const told = createConsole({
    functions: new Map([
      [group, 'shop-local-pay'],
      ['/shop/ship', 'shop-local-ship'],
    ]),
    quiet,
    logs: logFilterOf(logs),
    placeOf: (stack) => (stack.length === 0 ? undefined : `src/pay.ts:${stack.length}`),
    print: (line, to) => void lines.push(`${to === process.stderr ? 'err' : 'out'} ${line.slice(9)}`),
    afterwards: (run) => void later.push(run),
  });
  return {
    take: (happening: Happening, at = 0) => told.take({ ...happening, id: 1, at }),
    lines: () => {
      for (const run of later.splice(0)) run();
      return lines;
    },
  };
}

const answered = (status: number, invocationId?: string, problem?: string): Happening => ({
  type: 'requestAnswered',
  method: 'GET',
  path: '/pay',
  status,
  latencyMs: 12,
  requestId: 'gateway-1',
  invocationId,
  problem,
});
const logLine = (message: string, at = group): Happening => ({ type: 'logLine', group: at, stream: 's', message });
const failing = (requestId: string, message = 'x is not defined') =>
  logLine(
    JSON.stringify({
      level: 'ERROR',
      message: 'Request failed',
      function_request_id: requestId,
      error: { name: 'ReferenceError', message, stack: 'a\nb' },
    }),
  );

describe('the terminal', () => {
  it('has a line a request', () => {
    const { take, lines } = aConsole();
    take(answered(200, 'r1'));
    take(answered(404));

    expect(lines()).toEqual(['out GET /pay 200 12 ms', 'out GET /pay 404 12 ms']);
  });

  it('has one line for an error of a function and the request that met it, however often it is logged', () => {
    const { take, lines } = aConsole();
    take(failing('r1'));
    take(failing('r1'));
    take(answered(500, 'r1', 'The function failed'));

    expect(lines()).toEqual([
      'err GET /pay 500 12 ms pay  ReferenceError: x is not defined  src/pay.ts:2  request gateway-1',
    ]);
  });

  it('has a line for an error that no request met', () => {
    const { take, lines } = aConsole();
    take(failing('r1'));

    expect(lines()).toEqual(['err ✘ pay  ReferenceError: x is not defined  src/pay.ts:2  request r1']);
  });

  it('tells two errors of one request', () => {
    const { take, lines } = aConsole();
    take(failing('r1'));
    take(failing('r1', 'y is not defined'));
    take(answered(500, 'r1'));

    expect(lines()).toEqual([
      expect.stringContaining('✘ pay  ReferenceError: y'),
      expect.stringContaining('GET /pay 500 12 ms pay  ReferenceError: x'),
    ]);
  });

  it('tells why the gateway itself answered with an error', () => {
    const { take, lines } = aConsole({ quiet: true });
    take(answered(503, undefined, 'The integration took longer than 30000 ms'));

    expect(lines()).toEqual(['err GET /pay 503 12 ms  The integration took longer than 30000 ms  request gateway-1']);
  });

  it('is quiet on demand, but for errors', () => {
    const { take, lines } = aConsole({ quiet: true });
    take(answered(200));
    take(answered(404));
    take(failing('r1'));

    expect(lines()).toEqual([expect.stringMatching(/^err ✘ pay/)]);
  });

  it('has the functions’ logs that are asked for', () => {
    const { take, lines } = aConsole({ logs: ['ship', 'warn'] });
    take(logLine('{"level":"WARN","message":"seats are few"}', '/shop/ship'));
    take(logLine('{"level":"INFO","message":"sold"}', '/shop/ship'));
    take(logLine('{"level":"WARN","message":"slow"}'));
    take(logLine('{"level":"WARN","message":"a mail"}', '/local/emails'));

    expect(lines()).toEqual(['out WARN  ship  seats are few']);
  });

  it('has an error once as an error and once as a line of the log, however often the function and Lambda log it', () => {
    const { take, lines } = aConsole({ logs: ['pay'] });
    const payload = JSON.stringify({ errorType: 'ReferenceError', errorMessage: 'x is not defined', stack: [] });
    take(failing('r1'));
    take(logLine(`2026-11-27T10:00:00.000Z\tr1\tERROR\tInvoke Error \t${payload}`));
    take(failing('r2'));

    expect(lines()).toEqual([
      'out ERROR pay  Request failed: ReferenceError: x is not defined',
      'out ERROR pay  Request failed: ReferenceError: x is not defined',
      'err ✘ pay  ReferenceError: x is not defined  src/pay.ts:2  request r1',
      'err ✘ pay  ReferenceError: x is not defined  src/pay.ts:2  request r2',
    ]);
  });

  it('names the permission that is missing', () => {
    const { take, lines } = aConsole();
    const missing = { Effect: 'Allow' as const, Action: 'sqs:SendMessage', Resource: 'arn:q' };
    take({ type: 'callDenied', by: 'arn:role', action: 'sqs:SendMessage', resource: 'arn:q', missing });

    expect(lines()).toEqual([
      'err ✘ arn:role may not sqs:SendMessage on arn:q; what would allow it: {"Effect":"Allow","Action":"sqs:SendMessage","Resource":"arn:q"}',
    ]);
  });

  it('names the statement that denies', () => {
    const { take, lines } = aConsole();
    const call = { type: 'callDenied', by: 'arn:role', action: 'sqs:SendMessage', resource: 'arn:q' } as const;
    take({ ...call, missing: undefined, deniedBy: 'aws_sqs_queue_policy.Q.Statement[0]' });

    expect(lines()).toEqual([
      'err ✘ arn:role may not sqs:SendMessage on arn:q; aws_sqs_queue_policy.Q.Statement[0] denies it',
    ]);
  });

  it('tells of a denied call that repeats once a minute, with how often it was', () => {
    const { take, lines } = aConsole();
    const denied = (action: string, at: number, resource = 'arn:q') =>
      take({ type: 'callDenied', by: 'arn:role', action, resource, missing: undefined }, at);
    for (let at = 0; at < 60_000; at += 100) denied('sqs:Poll', at);
    denied('sqs:Other', 59_000);
    denied('sqs:Poll', 59_000, 'arn:other');
    denied('sqs:Poll', 60_000);
    denied('sqs:Poll', 60_100);
    denied('sqs:Poll', 180_000);
    denied('sqs:Poll', 300_000);

    expect(lines()).toEqual([
      'err ✘ arn:role may not sqs:Poll on arn:q',
      'err ✘ arn:role may not sqs:Other on arn:q',
      'err ✘ arn:role may not sqs:Poll on arn:other',
      'err ✘ arn:role may not sqs:Poll on arn:q; repeated meanwhile: 599',
      'err ✘ arn:role may not sqs:Poll on arn:q; repeated meanwhile: 1',
      'err ✘ arn:role may not sqs:Poll on arn:q',
    ]);
  });

  it('takes log streams of one group for the same', () => {
    const { take, lines } = aConsole();
    const missing = { Effect: 'Allow' as const, Action: 'logs:Put', Resource: 'arn:group:*' };
    for (const stream of ['a', 'b'])
      take({ type: 'callDenied', by: 'r', action: 'logs:Put', resource: `arn:group:${stream}`, missing });

    expect(lines()).toHaveLength(1);
  });

  it('prints nothing that moves the cursor', () => {
    const { take, lines } = aConsole();
    take({ ...answered(200), path: `/${clearing}[2J\n` } as Happening);

    expect(lines()).toEqual(['out GET / [2J  200 12 ms']);
  });
});
