import { base } from './router.ts';
import { listening } from './stores/live.ts';

/** What the server refused, in its own words. */
export class Refused extends Error {
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

export async function get<T>(path: string): Promise<T> {
  await listening;
  return ask(path, {});
}

export const post = <T>(path: string, body: unknown): Promise<T> =>
  ask(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

async function ask<T>(path: string, init: RequestInit): Promise<T> {
  const response = await fetch(`${base}/api${path}`, init).catch(() => {
    throw new Refused('The console’s server does not answer. Was npm start, or npm run console, stopped?', 0);
  });
  const value: unknown = await response.json().catch(() => {
    throw new Refused(`Something else than the console’s server answers: ${response.status}`, response.status);
  });
  if (!response.ok) throw new Refused((value as { message?: string }).message ?? response.statusText, response.status);
  return value as T;
}

export const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
