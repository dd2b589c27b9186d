import { createServer } from 'node:net';
import { addressesOf } from './listen.ts';

export interface WantedPorts {
  readonly host: string | undefined;
  /** Of the HTTP API; 0 is any free one. */
  readonly port: number;
  /** Of the AWS endpoint; 0 is any free one. */
  readonly awsPort: number;
}

/** Looks at both ports before anything is started. @param start the command that was given, without its ports @throws Error with a pair that is free */
export async function refusePortsInUse({ host, port, awsPort }: WantedPorts, start: string): Promise<void> {
  const taken: string[] = [];
  if (port !== 0 && !(await isFree(port, host))) taken.push(`port ${port} (PORT)`);
  if (awsPort !== 0 && !(await isFree(awsPort, host))) taken.push(`port ${awsPort} (AWS_PORT)`);
  const same = port !== 0 && port === awsPort;
  if (taken.length === 0 && !same) return;
  const freeApi = await freeFrom(port, host);
  const freeAws = await freeFrom(awsPort, host, freeApi);
  const problem = same
    ? `PORT and AWS_PORT are both ${port}: the HTTP API and the AWS endpoint need a port each.`
    : `${capital(taken.join(' and '))} ${taken.length > 1 ? 'are' : 'is'} in use, by another local cloud or another program.`;
  throw new Error(
    `${problem}\nStop what runs there, or take ports that are free:\n\n  PORT=${freeApi} AWS_PORT=${freeAws} ${start}`,
  );
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

async function freeFrom(port: number, host: string | undefined, except?: number): Promise<number> {
  if (port === 0) return 0;
  for (let next = port; next <= 65_535; next += 1) if (next !== except && (await isFree(next, host))) return next;
  return 0;
}

async function isFree(port: number, host: string | undefined): Promise<boolean> {
  for (const address of addressesOf(host)) if (await isTaken(port, address)) return false;
  return true;
}

/** Any other reason than a taken port is told by the server itself. */
function isTaken(port: number, address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code === 'EADDRINUSE'));
    probe.listen(port, address, () => probe.close(() => resolve(false)));
  });
}
