/** Which versions of the steps no saga can name any more. Pure. */

export interface FunctionVersion {
  readonly functionName: string;
  /** `$LATEST`, or a number. */
  readonly version: string;
  /** As Lambda tells it: `2026-11-26T12:00:00.000+0000`. */
  readonly lastModified: string;
}

export interface JudgedVersion extends FunctionVersion {
  /** Why it has to stay; undefined where it may go. */
  readonly keep: string | undefined;
}

export interface Naming {
  /** What the state machine names now, as `function:version`. */
  readonly current: ReadonlySet<string>;
  /** What the definitions of running executions name. */
  readonly running: ReadonlySet<string>;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /**
   * How long a version stays once the next one is there: longer than an execution may run, since ListExecutions and a new
   * definition are both seen late. https://docs.aws.amazon.com/step-functions/latest/apireference/API_UpdateStateMachine.html
   */
  readonly graceMs: number;
}

/** @throws Error where Lambda tells no time */
export function judgeVersions(versions: readonly FunctionVersion[], naming: Naming): JudgedVersion[] {
  return versions.map((version) => ({ ...version, keep: reasonFor(version, versions, naming) }));
}

function reasonFor(
  { functionName, version }: FunctionVersion,
  versions: readonly FunctionVersion[],
  { current, running, now, graceMs }: Naming,
): string | undefined {
  if (!isPublished(version)) return 'is no version';
  const name = `${functionName}:${version}`;
  if (current.has(name)) return 'the state machine names it';
  if (running.has(name)) return 'a running execution names it';
  const [next] = versions
    .filter((other) => other.functionName === functionName && isPublished(other.version))
    .filter((other) => Number(other.version) > Number(version))
    .sort((one, other) => Number(one.version) - Number(other.version));
  if (next === undefined) return 'is the newest';
  const replacedMsAgo = now - timeOf(next);
  if (replacedMsAgo >= graceMs) return undefined;
  const [minutes, wanted] = [replacedMsAgo, graceMs].map((ms) => Math.floor(ms / 60_000));
  return `was replaced ${minutes} minutes ago, and may go after ${wanted}`;
}

export const isPublished = (version: string): boolean => /^\d+$/.test(version);

function timeOf({ functionName, version, lastModified }: FunctionVersion): number {
  const time = Date.parse(lastModified.replace(/\+0000$/, 'Z'));
  if (Number.isNaN(time)) {
    throw new Error(`Lambda says that version ${version} of ${functionName} is of "${lastModified}", which is no time`);
  }
  return time;
}

/** The versions that a state machine's definition names, as `function:version`. */
export function namedIn(definition: string): Set<string> {
  const arns = definition.matchAll(/arn:aws[\w-]*:lambda:[\w-]+:\d+:function:([\w-]+):(\d+)/g);
  return new Set([...arns].map(([, functionName, version]) => `${functionName}:${version}`));
}
