/** `npm run gateway`: the embedded HTTP gateway in front of a target that has Lambda, but no HTTP API. */
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { type InvokePort, loadStack, startGateway as openGateway, printable } from '#embedded/index.ts';
import { runCommand, UsageError } from '#infra/operations/run-command.ts';
import { DeployError } from './deploy/deploy-error.ts';
import { localIssuerOf } from './issuer.ts';
import { addressOf } from './targets.ts';

/** Calls functions as the real gateway does, but through the public Invoke API. */
export function invokeThrough(client: Pick<LambdaClient, 'send'>): InvokePort {
  return async (FunctionName, payload) => {
    const { Payload, FunctionError } = await client.send(
      new InvokeCommand({ FunctionName, Payload: Buffer.from(JSON.stringify(payload)) }),
    );
    const text = Buffer.from(Payload ?? []).toString();
    return {
      payload: text === '' ? undefined : JSON.parse(text),
      ...(FunctionError === undefined ? {} : { functionError: FunctionError }),
    };
  };
}

/** Serves the routes of the full synthesized stack on `port` (0: any free one) by the functions at `endpoint`. */
export async function startGateway(options: { stackFile: string; endpoint: string; port: number }) {
  const stack = loadStack(options.stackFile);
  if (stack.resources('aws_apigatewayv2_api').length === 0) {
    throw new DeployError(
      'The synthesized stack has no aws_apigatewayv2_api.',
      'run npm run synth without any TARGET_ variable',
    );
  }
  const client = new LambdaClient({
    endpoint: options.endpoint,
    region: stack.region,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    // A function whose answer got lost may have started a booking: calling it again is the client's decision.
    maxAttempts: 1,
  });
  const api = await openGateway({
    stack,
    port: options.port,
    issuer: await localIssuerOf(stack),
    invoke: invokeThrough(client),
  });
  return {
    url: api.url,
    async close() {
      await api.close();
      client.destroy();
    },
  };
}

function portOf(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65535) return port;
  throw new UsageError(`PORT must be a port number, or 0 for any free one, not "${text}"`);
}

const usage = `npm run gateway -- [options]    serves the HTTP API by the functions of a target that has none

  --target NAME   localstack, ministack or an endpoint
  --stack FILE    the synthesized stack, with all routes
  --help          this text

  PORT            where it listens (4000; 0 is any free one)`;

const config = {
  options: {
    target: { type: 'string' },
    stack: { type: 'string', default: 'cdktf.out/stacks/booking-saga-local/cdk.tf.json' },
  },
} as const;

async function serve(options: { readonly target?: string; readonly stack: string }): Promise<void> {
  const { endpoint } = addressOf(options.target);
  const gateway = await startGateway({ stackFile: options.stack, endpoint, port: portOf(process.env.PORT || '4000') });
  console.log(`Holiday bookings are open at ${printable(gateway.url)}   (functions at ${endpoint}, Ctrl-C stops)`);
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.once(signal, () => void gateway.close().then(() => process.exit(0)));
}

if (import.meta.main) await runCommand('gateway', usage, config, ({ values }) => serve(values));
