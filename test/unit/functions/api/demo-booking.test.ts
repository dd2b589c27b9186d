import { demoPrice, demoTrip } from '#functions/trip/demo-trip.ts';
import { demoMinorUnits } from '#test/support/demo-figures.ts';
import '#test/support/lambda-environment.ts';
import { describe, expect, it } from '@jest/globals';
import { readDemoQuery, startDemoBooking } from '#functions/api/demo/start-demo-booking.ts';
import { parseStepInput } from '#functions/shared/saga/parse-step-input.ts';
import { BookingRunInput } from '#functions/trip/run-input.ts';
import { executionIdPattern } from '#schema/saga-input.ts';
import { memoryGateway } from '#test/support/memory-gateway.ts';
import { arnOf, memoryMachine } from '#test/support/memory-machine.ts';
import { callsOf, type Recorded, recorded } from '#test/support/recording.ts';

const aDemoRoute = () => {
  const [machine, gateway, calls] = [memoryMachine(), memoryGateway(), [] as Recorded[]];
  const deps = {
    saga: recorded('saga', machine, calls),
    gateway: recorded('gateway', gateway, calls),
    now: () => '2026-03-01T10:00:00.000Z',
  };
  return { machine, gateway, calls, deps };
};

describe('starting a demo booking', () => {
  it("starts the example's trip with a charge that is authorized before", async () => {
    const { machine, gateway, calls, deps } = aDemoRoute();
    const started = await startDemoBooking({}, { ...deps, newSuffix: () => '0123' });
    const executionId = '5c12d94a-ee6a-40d9-889b-1d49142248b7.0123';
    expect(started).toEqual({ executionArn: arnOf(executionId), executionId });
    expect(machine.started.get(executionId)).toEqual({
      trip_id: '5c12d94a-ee6a-40d9-889b-1d49142248b7',
      ...demoTrip,
      run_type: 'success',
      execution_id: executionId,
      started_at: '2026-03-01T10:00:00.000Z',
      outbound_flight_id: 'demo-london-dublin',
      customer: 'demo',
      payment_token: `demo-${executionId}`,
      ...demoPrice,
    });
    expect(callsOf(calls)).toEqual(['gateway.authorize', 'saga.start']);
    expect(gateway.charges.get(`demo-${executionId}`)).toEqual({
      status: 'authorized',
      customer: 'demo',
      money: { amountMinor: demoMinorUnits, currency: 'USD' },
    });
  });

  it('takes trip, run type and cancel failure rate from the query, and every step accepts the input', async () => {
    const { machine, deps } = aDemoRoute();
    const query = { runType: 'failPayment', tripID: 'x'.repeat(50), cancelFailureRate: '0.4' } as const;
    const { executionId } = await startDemoBooking(query, deps);
    const input = machine.started.get(executionId);
    expect(input).toMatchObject({ trip_id: 'x'.repeat(50), run_type: 'failPayment', cancel_failure_rate: 0.4 });
    expect(() => parseStepInput(BookingRunInput, input)).not.toThrow();
  });

  it('makes every call an execution of its own', async () => {
    const { machine, deps } = aDemoRoute();
    for (let call = 0; call < 50; call++) {
      const { executionId } = await startDemoBooking({ tripID: 'same' }, deps);
      expect(executionId).toMatch(executionIdPattern);
      expect(executionId).toMatch(/^same\./);
    }
    expect(machine.started.size).toBe(50);
  });

  it('starts nothing where the charge could not be authorized', async () => {
    const { machine, deps } = aDemoRoute();
    const gateway = { authorize: () => Promise.reject(new Error('gateway down')) };
    await expect(startDemoBooking({}, { ...deps, gateway })).rejects.toThrow('gateway down');
    expect(machine.started.size).toBe(0);
  });
});

describe('reading the demo query', () => {
  const withFaults = { faults: true };
  const withoutFaults = { faults: false };

  it('accepts known parameters, and names the ones that it ignores', () => {
    const parameters = { runType: 'failHotel', tripID: 't', utm_source: 'x', '': 'y', verbose: '1' };
    expect(readDemoQuery({ parameters }, withFaults)).toEqual({
      accepted: { runType: 'failHotel', tripID: 't' },
      ignored: ['utm_source', '', 'verbose'],
    });
    expect(readDemoQuery({ parameters: {} }, withFaults)).toEqual({ accepted: {}, ignored: [] });
    // As Lambda parses the event: an own property.
    const unusual = JSON.parse('{"__proto__":"1"}') as Record<string, string>;
    expect(readDemoQuery({ parameters: unusual }, withFaults)).toEqual({ accepted: {}, ignored: ['__proto__'] });
  });

  it.each([
    ...[['runtype', 'runType'] as const, ['RUNTYPE', 'runType'] as const, ['run_type', 'runType'] as const],
    ...[['runTyp', 'runType'] as const, ['rnuType', 'runType'] as const, ['rumTipe', 'runType'] as const],
    ...[['tripid', 'tripID'] as const, ['tripId', 'tripID'] as const, ['trip_id', 'tripID'] as const],
    ...[['trip', 'tripID'] as const, ['tripsID', 'tripID'] as const, ['trip-ID', 'tripID'] as const],
    ['cancelfailurerate', 'cancelFailureRate'] as const,
    ['cancel_failure_rate', 'cancelFailureRate'] as const,
    ['cancelFailurRat', 'cancelFailureRate'] as const,
  ])('refuses "%s" and says that "%s" is meant', (name, meant) => {
    expect(readDemoQuery({ parameters: { [name]: 'success' } }, withFaults)).toEqual({
      refusal: `Query parameter "${name}" is unknown here: "${meant}" is meant, it seems`,
    });
  });

  it('refuses a body, and one of its parameters in the path', () => {
    expect(readDemoQuery({ parameters: {}, hasBody: true }, withFaults)).toEqual({
      refusal: 'The body is not read: ask in the query string, with "?runType=…&tripID=…"',
    });
    expect(readDemoQuery({ parameters: {}, inPath: ['x', 'runtype'] }, withFaults)).toEqual({
      refusal: 'Path parameter "runtype" is not read: ask with "?runType=…" in the query string',
    });
    expect(readDemoQuery({ parameters: { a: '1' }, inPath: ['verbose'] }, withFaults)).toEqual({
      accepted: {},
      ignored: ['a', 'verbose'],
    });
  });

  it('refuses a misspelt name beside the right one, since two of them would say different things', () => {
    expect(readDemoQuery({ parameters: { runType: 'success', runtype: 'failPayment' } }, withFaults)).toEqual({
      refusal: expect.stringContaining('"runtype"'),
    });
  });

  it.each(['type', 'run', 'id', 'cancel', 'rate', 'failureRate', 'triplets', 'runTypeOfMine', 'x'.repeat(10_000)])(
    'ignores "%s", which is three letters away or more',
    (name) => {
      expect(readDemoQuery({ parameters: { [name]: '1' } }, withFaults)).toEqual({ accepted: {}, ignored: [name] });
    },
  );

  it('refuses a parameter of its own that is given twice, and says so rather than judge what gateways make of both', () => {
    const asked = { parameters: { runType: 'success,success' }, givenTwice: ['utm_source', 'runType'] };
    expect(readDemoQuery(asked, withFaults)).toEqual({ refusal: 'Query parameter "runType" is given twice' });
  });

  it('ignores one that means nothing here, given twice or not', () => {
    const asked = { parameters: { utm_source: 'a,b' }, givenTwice: ['utm_source'] };
    expect(readDemoQuery(asked, withFaults)).toEqual({ accepted: {}, ignored: ['utm_source'] });
  });

  it.each([
    [
      { runType: 'failEverything' },
      /^Query parameter "runType" must be one of success, (\w+, )*failHotelReservation, /,
    ],
    [{ runType: '' }, /^Query parameter "runType" must be one of /],
    [{ tripID: 'a b' }, 'Query parameter "tripID" must be 1 to 50 letters, digits or hyphens'],
    [{ tripID: '' }, /^Query parameter "tripID" must be 1 to 50 letters/],
    [{ cancelFailureRate: '2' }, /^Query parameter "cancelFailureRate" must be a number from 0 to 1/],
  ])('refuses %j, saying which parameter is wrong and what may stand there', (parameters, refusal) => {
    const result = readDemoQuery({ parameters }, withFaults);
    expect(result).toEqual({ refusal: expect.stringMatching(typeof refusal === 'string' ? /./ : refusal) });
    if (typeof refusal === 'string') expect(result).toEqual({ refusal });
  });

  it.each([{ runType: 'failPayment' }, { cancelFailureRate: '0.4' }, { runType: 'success', cancelFailureRate: '0' }])(
    'refuses %j on a stage without faults',
    (parameters) => {
      expect(readDemoQuery({ parameters }, withoutFaults)).toEqual({
        refusal: expect.stringContaining('is off on this stage'),
      });
    },
  );

  it.each([{}, { runType: 'success' }, { tripID: 't' }])('accepts %j on a stage without faults', (parameters) => {
    expect(readDemoQuery({ parameters }, withoutFaults)).toEqual({ accepted: parameters, ignored: [] });
  });
});
