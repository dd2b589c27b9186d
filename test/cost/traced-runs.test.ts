/** The cost model against real runs: it is spelled out by hand, and the local cloud runs the code that is deployed. */
import { describe, expect, it } from '@jest/globals';
import { assumptions } from '#infra/cost/assumptions.ts';
import { readRecorded } from '#infra/cost/recorded.ts';
import { type Scenario, scenarioOf, scenarios } from '#infra/cost/scenarios.ts';
import { usageOf, walkOf } from '#infra/cost/usage.ts';
import { demoFlightId } from '#schema/demo-request.ts';
import { callsOf, functionLogBytesOf, invocationsOf, measure, unitsOf } from '#test/support/cost/measured.ts';
import { seatsOf } from '#test/support/e2e/saga.ts';
import { openFaultyCloud } from '#test/support/faulty-cloud.ts';
import { openSuite } from '#test/support/open-suite.ts';
import { backwardFunctions } from '#test/support/saga-paths.ts';
import { readSaga } from '../../statemachine/tools/asl.ts';

const target = openSuite(() => openFaultyCloud(undefined, { meter: true }));
const machine = readSaga();
const recorded = readRecorded();

const withinTenPercent = (measured: number) => ({ from: measured * 0.9, to: measured * 1.1 });

function expectWithin(predicted: number, { from, to }: { from: number; to: number }): void {
  expect(predicted).toBeGreaterThanOrEqual(from);
  expect(predicted).toBeLessThanOrEqual(to);
}

/** A declined card whose compensations fail, too, each time that they are tried: a dead letter tells of them. */
const undoingFails: Scenario = {
  ...scenarioOf('failPayment'),
  fails: Object.fromEntries(
    ['TakePayment', ...backwardFunctions.slice(1, -2)].map((state) => [state, 'InjectedFaultError']),
  ),
};

const runs: readonly (readonly [name: string, scenario: Scenario, query: Record<string, string>])[] = [
  ...scenarios.map((scenario) => [scenario.name, scenario, {}] as const),
  ['failPayment whose undoing fails', undoingFails, { cancelFailureRate: '1' }],
];

describe.each(runs)('a run of type %s', (_, scenario, query) => {
  it('uses what the model says', async () => {
    const { holds } = await seatsOf(target, demoFlightId);
    const usage = usageOf(scenario, {
      machine,
      recorded,
      bytesAnEvent: assumptions.bytesAnEvent,
      seatsTaken: holds.length,
    });

    const { trace, states, transitions, events } = await measure(target, scenario, query);

    expect(walkOf(scenario, machine).entered).toEqual(states);
    expect(usage.transitions).toBe(transitions);
    expect(usage.events).toBe(events);
    expect(Object.fromEntries(usage.calls)).toEqual(callsOf(trace));
    expect(Object.fromEntries(usage.invocations)).toEqual(invocationsOf(trace));
    expect(usage.requests).toBe(trace.of('requestAnswered').length);
    expect(usage.messages).toBe(trace.of('messageSent').length);
    expect(usage.publishes).toBe(trace.calls.filter(({ operation }) => operation === 'Publish').length);
    const measured = unitsOf(trace);
    expectWithin(usage.units.write, withinTenPercent(measured.write));
    expectWithin(usage.units.read, withinTenPercent(measured.read));
    expectWithin(usage.logs.functions, withinTenPercent(functionLogBytesOf(trace)));
  });
});
