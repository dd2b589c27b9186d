import { DescribeExecutionCommand } from '@aws-sdk/client-sfn';
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { keys } from '#schema/table.ts';
import { aBookingRequest, bookingAt, postBooking } from '#test/support/e2e/api.ts';
import { customerOf } from '#test/support/e2e/customers.ts';
import { ledgerTotals } from '#test/support/e2e/ledger.ts';
import { ended, executionArn, headerOf, itemAt, itemsOf, startExecution } from '#test/support/e2e/saga.ts';
import { openTarget, type Target } from '#test/support/e2e/target.ts';

/** What docs/data.md says of a booking that a restored table does not have. */
let target: Target;
beforeAll(async () => {
  target = await openTarget();
});
afterAll(() => target.close());

it('given a table without a confirmed booking, when its cancellation is started by hand, then money and seat are back', async () => {
  const customer = await customerOf(target, 'restored');
  const request = await aBookingRequest(target, customer);
  const { id } = (await postBooking(target, customer, request)).body;
  await bookingAt(target, customer, id, 'CONFIRMED');
  const run = String((await headerOf(target, id))?.execution_id);
  for (const { pk, sk } of await itemsOf(target, id))
    await target.dynamodb.send(new DeleteCommand({ TableName: target.tableName, Key: { pk, sk } }));

  const { input = '' } = await target.stepFunctions.send(
    new DescribeExecutionCommand({ executionArn: executionArn(target, run) }),
  );
  const undo = { ...JSON.parse(input), action: 'cancel', cause: 'customer' };
  const { status } = await ended(target, await startExecution(target, `${run}.rc-1`, undo));

  expect(status).toBe('SUCCEEDED');
  expect(await itemsOf(target, id)).toEqual([expect.objectContaining({ sk: 'BOOKING', status: 'CANCELLED' })]);
  expect((await ledgerTotals(target, [String(request.paymentToken)])).keptMinor).toBe(0);
  expect(await itemAt(target, keys.flightInventory(String(request.outboundFlightId)))).toMatchObject({
    seatCapacity: 5,
  });
});
