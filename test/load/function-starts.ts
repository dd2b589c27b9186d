import { InvokeCommand, LambdaClient, paginateListFunctions } from '@aws-sdk/client-lambda';
import type { ColdTarget } from './bench-targets.ts';

export interface FunctionStarts {
  readonly zipBytes: number;
  readonly coldMs: number;
  readonly warmMs: number;
}

/** An input that every function refuses at once, so that it is its start that is measured. */
const refused = Buffer.from(
  JSON.stringify({
    version: '2.0',
    rawPath: '/',
    headers: {},
    queryStringParameters: { runType: 'none' },
    requestContext: { http: { method: 'GET', path: '/' } },
  }),
);

/** The latency of each function, cold and warm, and the size of its zip, by the function's name. */
export async function functionStarts(target: ColdTarget): Promise<Map<string, FunctionStarts>> {
  const client = new LambdaClient({
    endpoint: target.awsUrl,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  const call = async (FunctionName: string): Promise<number> => {
    const started = performance.now();
    await client.send(new InvokeCommand({ FunctionName, Payload: refused }));
    return performance.now() - started;
  };
  const starts = new Map<string, FunctionStarts>();
  for await (const { Functions = [] } of paginateListFunctions({ client }, {})) {
    for (const { FunctionName = '', CodeSize = 0 } of Functions) {
      await target.chill(client, FunctionName);
      const coldMs = await call(FunctionName);
      const warmMs = await call(FunctionName);
      starts.set(FunctionName.replace('booking-saga-local-', ''), { zipBytes: CodeSize, coldMs, warmMs });
    }
  }
  client.destroy();
  return starts;
}
