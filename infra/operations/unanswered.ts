const advice =
  'run "npm start" first. If it listens on other ports, set PORT and AWS_PORT as it has them, or API_URL and AWS_ENDPOINT_URL for another target';

/** Tells the user that an address is none; undefined for all other errors. `fetch` has the reason in `cause`. */
export function noUrlMessage(error: unknown): string | undefined {
  for (let inner = error; inner instanceof Error; inner = inner.cause) {
    const { code, input } = inner as NodeJS.ErrnoException & { input?: string };
    if (code === 'ERR_INVALID_URL') return `"${input}" is no URL: look at PORT, AWS_PORT, API_URL and AWS_ENDPOINT_URL`;
  }
  return undefined;
}

/** Tells the user that nothing listens at the address of a failed call; undefined for all other errors. `fetch` has the reason in `cause`. */
export function unansweredMessage(error: unknown): string | undefined {
  for (let inner = error; inner instanceof Error; inner = inner.cause) {
    const { code, address, port, message } = inner as NodeJS.ErrnoException & { address?: string; port?: number };
    if (code !== 'ECONNREFUSED') continue;
    const where = address === undefined ? (/\S+:\d+$/.exec(message)?.[0] ?? 'the address') : `${address}:${port}`;
    return `Nothing answers at ${where}: ${advice}`;
  }
  return undefined;
}
