import { type FunctionVersion, isPublished, type JudgedVersion, judgeVersions, namedIn } from './old-versions.ts';

/** What there is, and what may be done about it. */
export interface Versions {
  /** ASL of the state machine as it is now. */
  definition(): Promise<string>;
  /** ASL of every execution that runs. */
  definitionsOfRunning(): Promise<readonly string[]>;
  /** `$LATEST` too; nothing where there is no such function. */
  versionsOf(functionName: string): Promise<readonly FunctionVersion[]>;
  remove(functionName: string, version: string): Promise<void>;
}

export interface Inspection {
  readonly functionNames: readonly string[];
  /** On top of the time that an execution may take. */
  readonly marginSeconds: number;
  readonly now?: number;
}

/** Judges all versions of the functions. The running executions are read last: what starts later names what is named now. */
export async function inspect(
  versions: Versions,
  { functionNames, marginSeconds, now = Date.now() }: Inspection,
): Promise<JudgedVersion[]> {
  const found: FunctionVersion[] = [];
  for (const functionName of functionNames) found.push(...(await versions.versionsOf(functionName)));
  const definition = await versions.definition();
  const running = (await versions.definitionsOfRunning()).flatMap((each) => [...namedIn(each)]);
  const { TimeoutSeconds: timeoutSeconds } = JSON.parse(definition) as { TimeoutSeconds?: number };
  if (timeoutSeconds === undefined)
    throw new Error('The state machine has no TimeoutSeconds: nothing says when a saga is over');
  const graceMs = (timeoutSeconds + marginSeconds) * 1_000;
  return judgeVersions(found, { current: namedIn(definition), running: new Set(running), now, graceMs });
}

export interface Pruned {
  readonly removed: number;
  /** What could not be removed, with the reason. */
  readonly left: readonly string[];
}

/** Removes the versions that may go, one by one. */
export async function prune(versions: Versions, judged: readonly JudgedVersion[]): Promise<Pruned> {
  const left: string[] = [];
  let removed = 0;
  for (const { functionName, version, keep } of judged) {
    // Without a number Lambda would remove the function itself.
    if (keep !== undefined || !isPublished(version)) continue;
    try {
      await versions.remove(functionName, version);
      removed += 1;
    } catch (error) {
      left.push(`${functionName}:${version}: ${error instanceof Error ? error.message : error}`);
    }
  }
  return { removed, left };
}

/** One line a function, newest version first. */
export function report(judged: readonly JudgedVersion[]): string[] {
  const byFunction = Map.groupBy(
    judged.filter(({ version }) => isPublished(version)),
    ({ functionName }) => functionName,
  );
  return [...byFunction].map(([functionName, all]) => {
    const newestFirst = all.toSorted((one, other) => Number(other.version) - Number(one.version));
    const told = newestFirst.map(({ version, keep }) => `${version} ${keep ?? 'may go'}`);
    return `${functionName}: ${told.join('; ')}`;
  });
}
