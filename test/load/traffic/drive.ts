import { setTimeout as sleep } from 'node:timers/promises';
import type { Target } from '#test/support/e2e/target.ts';
import type { Reply } from '#test/support/kill-rounds/client.ts';
import type { ClientRequest } from '#test/support/kill-rounds/requests.ts';
import { listenerOf, processorMs, residentBytes } from '../resident-memory.ts';
import { loggedError } from './logged.ts';
import { Runs } from './runs.ts';
import type { Served } from './served.ts';

export interface Pace {
  /** Bookings that are under way at most. */
  readonly inFlight: number;
  /** Bookings begun a second; as many as fit in flight without it. */
  readonly rate?: number | undefined;
  readonly kills: number;
  /** Epoch milliseconds after which no further booking begins. */
  readonly deadline: number;
}

export interface Sample {
  /** Since the load began. */
  readonly ms: number;
  /** Bookings that have come to their end. */
  readonly ended: number;
  /** Of the target's processes; 0 where it is not on this machine. */
  readonly bytes: number;
  /** Process of the target, counted from 0. */
  readonly life: number;
}

export interface Accepted {
  readonly id: string;
  readonly index: number;
}

export interface Driven {
  readonly begun: number;
  readonly accepted: readonly Accepted[];
  /** Answers that accept no booking. */
  readonly refusals: readonly string[];
  /** Answers of 5xx with what the logs say about them; requests that could be repeated were. */
  readonly serverErrors: readonly string[];
  /** From the first request of a booking to its acceptance, of those that no kill broke. */
  readonly answerMs: readonly number[];
  readonly runMs: readonly number[];
  readonly samples: readonly Sample[];
  readonly seconds: number;
  readonly processorMs: number;
}

const sampleMs = 1_000;

/** Keeps so many bookings under way until all have come to their end. */
export async function drive(served: Served, requests: readonly ClientRequest[], pace: Pace): Promise<Driven> {
  const runs = new Runs();
  const accepted: Accepted[] = [];
  const refusals: string[] = [];
  const answerMs: number[] = [];
  const samples: Sample[] = [];
  const began = performance.now();
  /** The first half of the bookings has the kills, so that the last life of the target is the longest. */
  const kills = Array.from({ length: pace.kills }, (_, kill) => ((kill + 1) * requests.length) / (2 * pace.kills));
  let begun = 0;
  let answering = 0;
  const serverErrors: string[] = [];
  let used = 0;
  let downMs = 0;
  let sampledAt = Number.NEGATIVE_INFINITY;
  let life = 0;
  let pid = pidOf(await served.current());

  const book = async (request: ClientRequest, index: number): Promise<void> => {
    const sent = performance.now();
    const { reply, tries } = await repeated(served, request, serverErrors);
    const id = reply.status < 300 ? request.bookingOf(reply) : undefined;
    if (id === undefined) refusals.push(`${request.what}: ${reply.status} ${reply.text}`);
    else {
      if (tries === 1) answerMs.push(performance.now() - sent);
      accepted.push({ id, index });
      runs.accepted(id);
    }
  };

  for (;;) {
    const target = await served.current();
    const asked = performance.now();
    const running = await runs.look(target);
    const askedMs = performance.now() - asked;
    if (asked - sampledAt >= sampleMs) {
      sampledAt = asked;
      samples.push({ ms: asked - began, ended: runs.ended, bytes: residentBytes(pid), life });
      await runs.time(target);
    }
    const isOver = begun === requests.length || Date.now() > pace.deadline;
    if (isOver && answering === 0 && running === 0) break;
    if (served.kill !== undefined && begun >= (kills[life] ?? Number.POSITIVE_INFINITY)) {
      used += processorMs(pid);
      await served.kill();
      life += 1;
      pid = pidOf(await served.current());
      downMs += performance.now() - asked;
      continue;
    }
    const due = pace.rate === undefined ? requests.length : ((asked - began - downMs) / 1000) * pace.rate;
    const most = isOver ? 0 : Math.min(requests.length, due, begun + pace.inFlight - running - answering);
    for (; begun < most; begun += 1) {
      answering += 1;
      book(requests[begun] as ClientRequest, begun)
        .catch((error: Error) => refusals.push(`${error.message} ${error.cause ?? ''}`))
        .finally(() => {
          answering -= 1;
        });
    }
    // Asking takes processor time from what it waits for.
    await sleep(Math.min(250, Math.max(25, 10 * askedMs)));
  }
  const seconds = (performance.now() - began) / 1000;
  used += processorMs(pid);
  return {
    ...{ begun, accepted, refusals, serverErrors, answerMs, samples, seconds },
    runMs: runs.milliseconds,
    processorMs: used,
  };
}

const pidOf = ({ awsUrl }: Target): number => listenerOf(Number(new URL(awsUrl).port)) ?? 0;

const mostServerErrors = 5;

interface Answered {
  readonly reply: Reply;
  readonly tries: number;
}

/** As a client does whose connection breaks: it asks again once a server answers, and after a server error, where it has a key. */
async function repeated(served: Served, request: ClientRequest, serverErrors: string[]): Promise<Answered> {
  let failures = 0;
  for (let tries = 1; ; tries += 1) {
    const target = await served.current();
    try {
      const reply = await request.send(target);
      if (reply.status >= 500) serverErrors.push(await loggedError(target, reply));
      const isLast = !request.sameReply || failures === mostServerErrors;
      if (reply.status < 500 || isLast) return { reply, tries };
      failures += 1;
    } catch (error) {
      const isKilled = served.kill !== undefined && (await served.current()) !== target;
      if (!isKilled) throw error;
    }
  }
}
