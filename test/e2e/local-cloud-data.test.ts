import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { maxFlightSeats } from '#schema/new-flight.ts';
import { bookedItems } from '#test/support/demo-figures.ts';
import { startEmbeddedProcess } from '#test/support/e2e/embedded-process.ts';
import { aTripId, ended, headerOf, itemsOf, seatsOf, startDemo } from '#test/support/e2e/saga.ts';
import { connect, openOwnCloud } from '#test/support/e2e/target.ts';
import { until } from '#test/support/e2e/until.ts';
import { run, scratch, skipped, suite } from './local-cloud-setup.ts';

suite(`what the local cloud keeps${skipped}`, () => {
  it('given a data folder, when started again, then bookings and seats are still there', async () => {
    const data = join(scratch, 'data');
    const tripId = aTripId();
    const first = await startEmbeddedProcess(['--data', data]);
    const before = await connect(first.apiUrl, first.awsUrl, first.stop);
    await ended(before, (await startDemo(before, { tripID: tripId })).executionArn);
    const kept = [await itemsOf(before, tripId), await seatsOf(before, 'demo-london-dublin')];
    await before.close();

    const second = await startEmbeddedProcess(['--data', data]);
    const after = await connect(second.apiUrl, second.awsUrl, second.stop);
    expect([await itemsOf(after, tripId), await seatsOf(after, 'demo-london-dublin')]).toEqual(kept);
    await after.close();
  });

  it('given bookings, when asked for, then metrics and logs of the functions are there', async () => {
    const target = await openOwnCloud();
    await ended(target, (await startDemo(target, { tripID: aTripId() })).executionArn);
    await ended(target, (await startDemo(target, { tripID: aTripId(), runType: 'failNotification' })).executionArn);
    await ended(target, (await startDemo(target, { tripID: aTripId(), runType: 'failHotel' })).executionArn);
    await startDemo(target, { runType: 'nonsense' });

    const { metrics } = (await (await fetch(`${target.awsUrl}/_local/metrics`)).json()) as {
      metrics: { name: string; namespace: string; value: number; dimensions: Record<string, string> }[];
    };
    const sum = (name: string) =>
      metrics.filter((metric) => metric.name === name).reduce((total, { value }) => total + value, 0);
    expect(new Set(metrics.map(({ namespace }) => namespace))).toEqual(new Set(['HolidayBooking/local']));
    expect(metrics.every(({ dimensions }) => dimensions.service === 'booking')).toBe(true);
    expect({
      reservations: sum('SuccessfulReservation'),
      bookings: sum('SuccessfulBooking'),
      cancellations: sum('SuccessfulCancellation'),
      notifications: sum('SuccessfulNotification'),
      invalid: sum('InvalidBookingRequest'),
    }).toEqual({ reservations: 3, bookings: 2, cancellations: 1, notifications: 2, invalid: 1 });
    expect(metrics.find(({ name }) => name === 'ColdStart')?.dimensions).toEqual({
      service: 'booking',
      function_name: expect.stringMatching(/^booking-saga-local-/),
    });
    expect(metrics.find(({ name }) => name === 'InvalidBookingRequest')?.dimensions).toEqual({
      service: 'booking',
      operation: 'startBooking',
    });

    const group = '/aws/lambda/booking-saga-local-reserve-hotel';
    const { lines } = (await (await fetch(`${target.awsUrl}/_local/logs?group=${group}`)).json()) as {
      lines: { message: string }[];
    };
    expect(lines.some(({ message }) => message.startsWith('REPORT RequestId'))).toBe(true);
    await target.close();
  });
});

suite(`stopping the local cloud in the middle${skipped}`, () => {
  it('given kept data and runs under way, when killed and started again, then they are undone or were booked', async () => {
    const data = join(scratch, 'killed');
    const trips = Array.from({ length: 20 }, aTripId);
    const first = await startEmbeddedProcess(['--data', data]);
    const before = await connect(first.apiUrl, first.awsUrl, first.kill);
    await Promise.all(trips.map((tripID) => startDemo(before, { tripID })));
    await before.close();

    const second = await startEmbeddedProcess(['--data', data]);
    const after = await connect(second.apiUrl, second.awsUrl, second.stop);
    let held = 0;
    for (const tripId of trips) {
      const header = await until(async () => {
        const found = await headerOf(after, tripId);
        return /^(CONFIRMED|CANCELLED)$/.test(String(found?.status)) ? found : undefined;
      });
      const booked = header.status === 'CONFIRMED';
      if (booked) held++;
      expect(await itemsOf(after, tripId)).toHaveLength(booked ? bookedItems : 1);
    }
    const seats = await seatsOf(after, 'demo-london-dublin');
    expect([seats.holds.length, seats.capacity]).toEqual([held, maxFlightSeats - held]);
    await after.close();
  }, 60_000);

  it.each(['a file', 'a folder that another local cloud has'])(
    'given %s as data folder, when started, then it says so',
    async (what) => {
      const data = join(scratch, what.replaceAll(' ', '-'));
      const other = what === 'a file' ? undefined : await startEmbeddedProcess(['--data', data]);
      if (other === undefined) writeFileSync(data, '');
      const { code, output } = await run(['--data', data]);
      await other?.stop();

      expect(code).toBe(1);
      expect(output).toContain(data);
      expect(output).toContain('--data');
    },
  );
});
