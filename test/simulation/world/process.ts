import type { Observation, Ports } from '#embedded/index.ts';
import type { InProcessCloud, MachineDefinition } from '#embedded/testing.ts';
import { openInProcess } from '#embedded/testing.ts';
import type { Oracle } from '../oracle/oracle.ts';
import { createDeliveries } from './deliveries.ts';
import type { Disk } from './disk.ts';
import { formerAnswers } from './former.ts';
import type { Handlers } from './functions.ts';
import { createInvoke, type Process } from './invoke.ts';
import type { Labels } from './labels.ts';
import type { Interference } from './points.ts';
import { machineSeconds, stack } from './stack.ts';

export interface ProcessParts {
  readonly disk: Disk;
  /** Gets all that happens while the process lives. */
  readonly trace: Observation[];
  readonly labels: Labels;
  readonly oracle: Oracle;
  readonly handlers: Handlers;
  readonly machine: MachineDefinition;
  readonly interference: Interference;
}

/** Opens the engines on what the disk has, and all that stands around them. */
export function openProcess(parts: ProcessParts) {
  const { disk, trace, labels, oracle, handlers, machine, interference } = parts;
  const state: Process = { isDead: false };
  const limits = new Map<string, () => void>();
  let starting = '';
  const ports: Ports = {
    ...oracle.ports,
    scheduler: {
      ...oracle.ports.scheduler,
      after(milliseconds, run) {
        if (milliseconds === machineSeconds * 1000) limits.set(starting, run);
        return oracle.ports.scheduler.after(milliseconds, run);
      },
    },
  };
  const invoke = createInvoke({
    state,
    handlers,
    labels,
    oracle,
    interference,
    answer: (request) => cloud.answerAws(request),
    formerAnswer: formerAnswers(disk),
  });
  const cloud: InProcessCloud = openInProcess({
    stack,
    store: disk.open(),
    ports,
    machines: [machine],
    invoke: invoke.function,
    around: invoke.tasks,
    observe(happening) {
      if (state.isDead) return;
      const observation = { ...happening, id: trace.length + 1, at: ports.clock.now() };
      trace.push(observation);
      interference.saw?.(observation);
      // The time limit is set as soon as the first state has begun, or after a redrive the one that goes on.
      if (happening.type === 'stateEntered') starting = labels.of(happening.executionArn);
      if (happening.type === 'stateExited') interference.left(labels.of(happening.executionArn), happening.state);
    },
  });
  interceptEnds({ cloud, state, labels, interference });
  const deliveries = createDeliveries({ cloud, oracle, call: invoke.call, clock: ports.clock });
  return { state, cloud, invoke, limits, deliveries };
}

interface EndsOfRuns {
  readonly cloud: InProcessCloud;
  readonly state: Process;
  readonly labels: Labels;
  readonly interference: Interference;
}

/** The event that a run has ended comes as the plan says. */
function interceptEnds({ cloud, state, labels, interference }: EndsOfRuns): void {
  cloud.events.intercept((event) => {
    const { executionArn } = event.detail as { executionArn?: string };
    if (event.source !== 'aws.states' || executionArn === undefined || !event.detail || isRunning(event.detail)) {
      return [event];
    }
    if (state.isPassing) return [event];
    const put = async (one: typeof event): Promise<void> => {
      if (state.isDead) return;
      state.isPassing = true;
      const delivered = cloud.events.put(one);
      state.isPassing = false;
      await delivered;
    };
    const cut = { ...event, detail: { ...event.detail, input: null, inputDetails: { included: false } } };
    void interference.event(
      labels.of(executionArn),
      () => put(event),
      () => put(cut),
    );
    return [];
  });
}

const isRunning = (detail: object): boolean => (detail as { status?: string }).status === 'RUNNING';
