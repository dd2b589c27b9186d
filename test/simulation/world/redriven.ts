import type { Observation } from '#embedded/index.ts';
import type { MachineDefinition } from '#embedded/testing.ts';

/** What RedriveExecution starts. */
export interface Redriven {
  readonly machine: MachineDefinition;
  readonly name: string;
  readonly input: Record<string, unknown>;
}

/** Ends the name of the machine that goes on in the middle. */
const mark = '-redriven';

const endsOfRuns = new Set(['FAILED', 'TIMED_OUT', 'ABORTED']);

/**
 * The latest run that did not succeed, from the state that it did not leave, with that state's input, as RedriveExecution goes on.
 * The machine has no such call here, so it is a second machine that starts in the middle.
 * https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html
 * @param statusOf asks for a run's status
 */
export async function redrivenRun(
  trace: readonly Observation[],
  machine: MachineDefinition,
  statusOf: (executionArn: string) => Promise<string>,
): Promise<Redriven | undefined> {
  const runs = [...new Set(trace.flatMap((one) => (one.type === 'stateEntered' ? [one.executionArn] : [])))].reverse();
  for (const run of runs) {
    if (run.includes(mark) || !endsOfRuns.has(await statusOf(run))) continue;
    const own = trace.filter((one) => one.type === 'stateEntered' && one.executionArn === run);
    const [first, last] = [own[0], own.at(-1)];
    if (first?.type !== 'stateEntered' || last?.type !== 'stateEntered') continue;
    return {
      machine: startingAt(machine, last.state, new Date(first.at).toISOString()),
      name: run.slice(run.lastIndexOf(':') + 1),
      input: last.input as Record<string, unknown>,
    };
  }
  return undefined;
}

/** Compiled once each. */
const known = new Map<string, MachineDefinition>();

/** @param startTime of the run, which a redrive keeps */
function startingAt(machine: MachineDefinition, state: string, startTime: string): MachineDefinition {
  const key = `${state} ${startTime}`;
  const text = JSON.stringify(machine.definition).replaceAll(
    '"openedAt.$":"$$.Execution.StartTime"',
    `"openedAt":"${startTime}"`,
  );
  const { name, arn } = machine;
  const found = known.get(key) ?? {
    ...machine,
    name: `${name}${mark}`,
    arn: `${arn}${mark}`,
    definition: { ...(JSON.parse(text) as object), StartAt: state },
  };
  known.set(key, found);
  return found;
}

/** The text about the run as the outside sees it: it is one run that goes on. */
export const asOneRun = (text: string): string => text.replaceAll(mark, '');
