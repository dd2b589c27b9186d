import { createHash, type Hash } from 'node:crypto';
import type { Context } from 'aws-lambda';
import type { InProcessCloud, TaskPort } from '#embedded/testing.ts';
import { never } from '../faults/kinds.ts';
import type { Oracle } from '../oracle/oracle.ts';
import { type Invocation, invocations, retriesOfWorld, type SdkReply, type SdkRequest } from './aws-client.ts';
import type { FormerAnswer } from './former.ts';
import { functionNameOf, type Handlers } from './functions.ts';
import type { Labels } from './labels.ts';
import { plainText } from './plain-text.ts';
import type { CallPoint, Interference, Refusal } from './points.ts';

/** Whether the process still lives. */
export interface Process {
  isDead: boolean;
  /** Whether an event is on its way that nothing interferes with any more. */
  isPassing?: boolean;
}

interface InvokeParts {
  readonly state: Process;
  readonly handlers: Handlers;
  readonly labels: Labels;
  readonly oracle: Oracle;
  readonly interference: Interference;
  readonly answer: InProcessCloud['answerAws'];
  readonly formerAnswer: FormerAnswer;
}

/** Runs functions, and stands around the machine's tasks. */
export function createInvoke({ state, handlers, labels, oracle, interference, answer, formerAnswer }: InvokeParts) {
  const attempts = new Map<string, number>();
  const calls = new Map<string, number>();
  const retries = retriesOfWorld();

  const counted = (counts: Map<string, number>, key: string): number => {
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count;
  };

  async function run(name: string, event: unknown, place: Place): Promise<unknown> {
    const handler = handlers.get(name);
    if (handler === undefined) throw new Error(`No plan calls the function ${name}: world/functions.ts leaves it out`);
    const heard = createHash('md5').update(plainText(JSON.stringify([name, event])));
    const invocation: Invocation = { retries, send: (request) => send(request, place, heard) };
    return invocations.run(invocation, () => handler(JSON.parse(JSON.stringify(event)), contextOf(name)));
  }

  /** @param heard all that the function knows: its event and what it was answered */
  async function send(request: SdkRequest, { run: label, target }: Place, heard: Hash): Promise<SdkReply> {
    if (state.isDead) return never();
    const bytes = bytesOf(request.body);
    const operation = operationOf(request, bytes);
    // A message that is held up between its look at the header and its publishing may come out too late: a limit that is known
    // (test/model/README.md, `overtaken`), so the two are one step.
    if (operation !== 'Publish') await oracle.turn(label, `${target}.${operation}`, () => heard.copy().digest('hex'));
    const nth = counted(calls, `${label}/${target}.${operation}`);
    const point = { run: label, target, operation, nth, ...detailsOf(operation, bytes) };
    const perform = async (): Promise<SdkReply> => {
      if (state.isDead) return never();
      const { method, path, headers } = request;
      const reply = await answer({ method, path, query: '', headers: lowerCase(headers), body: bytes });
      if (state.isDead) return never();
      heard.update(plainText(`${reply.status} ${reply.body}`));
      return { statusCode: reply.status, headers: reply.headers, body: Buffer.from(reply.body) };
    };
    const former = async (writes: number): Promise<SdkReply | undefined> => {
      const body = await formerAnswer({ operation, body: bytes.toString() }, writes);
      if (body === undefined) return undefined;
      heard.update(plainText(JSON.stringify(body)));
      return answerOf(body);
    };
    return interference.call(point, perform, { refuse: refusalOf, answer: answerOf, former });
  }

  return {
    /** For the machine's tasks, which `tasks` has named before. */
    async function(arn: string, payload: unknown) {
      const { place } = payload as { place?: Place };
      const name = functionNameOf(arn);
      const target = place ?? { run: 'beside', target: name };
      try {
        return { payload: await run(name, place === undefined ? payload : (payload as Placed).event, target) };
      } catch (error) {
        const { name: errorType, message: errorMessage } = error as Error;
        return { payload: { errorType, errorMessage }, functionError: 'Unhandled' };
      }
    },

    tasks:
      (perform: TaskPort): TaskPort =>
      async (task, caller) => {
        if (state.isDead) return never();
        const { stateName, executionArn, resource, input } = task;
        const label = labels.of(executionArn);
        const point = { run: label, state: stateName, attempt: counted(attempts, `${label}/${stateName}`) };
        const isFunction = resource.includes(':lambda:');
        const place: Place = { run: label, target: stateName };
        const work = async () => {
          if (state.isDead) return never();
          // A function's requests wait for their turns themselves.
          if (!isFunction) await oracle.turn(label, stateName, () => plainText(JSON.stringify(input)));
          const result = await perform(isFunction ? { ...task, input: { place, event: input } } : task, caller);
          return state.isDead ? never() : result;
        };
        return interference.task(point, work);
      },

    call: (name: string, event: unknown) => run(name, event, { run: 'beside', target: name }),
  };
}

interface Place {
  readonly run: string;
  readonly target: string;
}

interface Placed {
  readonly place: Place;
  readonly event: unknown;
}

function contextOf(name: string): Context {
  return {
    functionName: name,
    awsRequestId: 'request',
    getRemainingTimeInMillis: () => 60_000,
  } as unknown as Context;
}

/** Of AWS JSON in the header, of AWS query in the form. */
function operationOf({ headers }: SdkRequest, body: Buffer): string {
  const target = headers['x-amz-target'];
  if (target !== undefined) return target.slice(target.indexOf('.') + 1);
  return new URLSearchParams(body.toString()).get('Action') ?? '';
}

/** What faults have to know of a call. */
function detailsOf(operation: string, body: Buffer): Pick<CallPoint, 'items' | 'execution' | 'isEventual'> {
  switch (operation) {
    case 'TransactWriteItems':
      return { items: JSON.parse(body.toString()).TransactItems.length, isEventual: false };
    case 'DescribeExecution':
      return { items: 1, execution: JSON.parse(body.toString()).executionArn, isEventual: true };
    case 'Query':
    case 'Scan':
      return { items: 1, isEventual: !body.includes('"ConsistentRead":true') };
    case 'GetItem':
    case 'BatchGetItem':
      return { items: 1, isEventual: !body.includes('"ConsistentRead":true') };
    default:
      return { items: 1, isEventual: false };
  }
}

const bytesOf = (body: unknown): Buffer =>
  body instanceof Uint8Array
    ? Buffer.from(body.buffer, body.byteOffset, body.byteLength)
    : Buffer.from(String(body ?? ''));

const lowerCase = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

const answerOf = (body: object): SdkReply => ({
  statusCode: 200,
  headers: {},
  body: Buffer.from(JSON.stringify(body)),
});

function refusalOf({ code, status, reasons }: Refusal): SdkReply {
  const message = reasons === undefined ? code : `Transaction cancelled [${reasons.join(', ')}]`;
  const CancellationReasons = reasons?.map((Code) => ({ Code }));
  const body = JSON.stringify({ __type: code, message, ...(CancellationReasons && { CancellationReasons }) });
  return { statusCode: status, headers: { 'x-amzn-errortype': code }, body: Buffer.from(body) };
}
