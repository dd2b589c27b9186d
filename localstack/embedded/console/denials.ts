import type { Observation } from '../observer.ts';

type Denied = Extract<Observation, { type: 'callDenied' }>;

const silentMs = 60_000;
/** So many calls are remembered; executions are resources, too, so there is no end of them. */
const most = 100;

/** What to say of a denied call: pollers ask ten times a second, and a terminal full of one line hides all others. */
export function createDenials(): (denied: Denied) => string | undefined {
  const told = new Map<string, { readonly at: number; repeated: number }>();

  return ({ by, action, resource, missing, deniedBy, at }) => {
    const key = `${by} ${action} ${missing === undefined ? resource : JSON.stringify(missing)}`;
    const before = told.get(key);
    if (before !== undefined && at - before.at < silentMs) {
      before.repeated += 1;
      return undefined;
    }
    told.delete(key);
    told.set(key, { at, repeated: 0 });
    const [oldest] = told.keys();
    if (oldest !== undefined && told.size > most) told.delete(oldest);
    return [
      `✘ ${by} may not ${action} on ${resource}`,
      missing && `what would allow it: ${JSON.stringify(missing)}`,
      deniedBy && `${deniedBy} denies it`,
      before?.repeated && `repeated meanwhile: ${before.repeated}`,
    ]
      .filter(Boolean)
      .join('; ');
  };
}
