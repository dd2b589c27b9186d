import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from '@jest/globals';

/** Port 1 is nobody's. */
const nowhere = '1';

/** What `npm run trip` says on standard error. */
const complaintOf = (environment: NodeJS.ProcessEnv): Promise<string> =>
  new Promise((resolve) => {
    const { API_URL: _, AWS_ENDPOINT_URL: __, ...rest } = process.env;
    const env = { ...rest, ...environment };
    execFile(process.execPath, ['localstack/trip/main.ts'], { env }, (_error, _stdout, stderr) => resolve(stderr));
  });

it('without a server, npm run trip names the address and what sets it', async () => {
  const complaint = await complaintOf({ PORT: nowhere, AWS_PORT: nowhere });
  expect(complaint).toMatch(/^trip: Nothing answers at http:\/\/127\.0\.0\.1:1 .*npm start.*PORT.*AWS_PORT/);
});

it('with an API alone, it names the address of the AWS APIs and what sets it', async () => {
  const api = createServer((_, response) => response.end(JSON.stringify({ message: 'accepted', executionArn: 'arn' })));
  api.listen(0, '127.0.0.1');
  await once(api, 'listening');
  try {
    const { port } = api.address() as AddressInfo;
    const complaint = await complaintOf({ PORT: `${port}`, AWS_PORT: nowhere });
    expect(complaint).toMatch(/^trip: Nothing answers at http:\/\/127\.0\.0\.1:1 .*AWS_PORT/);
  } finally {
    api.close();
  }
});
