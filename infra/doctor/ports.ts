import { connect } from 'node:net';
import type { Port } from './diagnosis.ts';

const lastPort = 65_535;

/** The ports of `npm start`, each with one that is free. @throws Error for an environment that names none */
export async function portsOf(environment: NodeJS.ProcessEnv, isFree = nothingAnswersAt): Promise<readonly Port[]> {
  const wanted = [
    { number: numberOf(environment, 'PORT', 4000), variable: 'PORT', serves: 'the HTTP API' },
    { number: numberOf(environment, 'AWS_PORT', 4566), variable: 'AWS_PORT', serves: 'the AWS endpoint' },
  ];
  const ports: Port[] = [];
  // One after the other: a port that one of them proposes is no longer free for the next.
  const spoken = new Set(wanted.map(({ number }) => number));
  for (const port of wanted) {
    const isOwnFree = await isFree(port.number);
    const free = isOwnFree ? port.number : await nextFree(port.number, spoken, isFree);
    if (free !== undefined) spoken.add(free);
    ports.push({ ...port, isFree: isOwnFree, free });
  }
  return ports;
}

async function nextFree(
  number: number,
  spoken: ReadonlySet<number>,
  isFree: typeof nothingAnswersAt,
): Promise<number | undefined> {
  for (let next = number + 1; next <= lastPort; next++) if (!spoken.has(next) && (await isFree(next))) return next;
  return undefined;
}

function numberOf(environment: NodeJS.ProcessEnv, variable: string, usual: number): number {
  const number = Number(environment[variable] || usual);
  if (Number.isInteger(number) && number >= 0 && number <= lastPort) return number;
  throw new Error(`${variable} must be a port number from 0 to ${lastPort}, not "${environment[variable]}"`);
}

function nothingAnswersAt(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: 'localhost' });
    const answer = (isFree: boolean) => (): void => {
      socket.destroy();
      resolve(isFree);
    };
    socket.once('connect', answer(false)).once('error', answer(true));
  });
}
