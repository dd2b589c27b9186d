import '#test/support/lambda-environment.ts';
import { describe, expect, it } from '@jest/globals';
import { dynamoDbBookingEditor } from '#functions/booking/editing/dynamodb-booking-editor.ts';
import { keys } from '#schema/table.ts';
import { openBookingTable } from '#test/support/booking-table.ts';
import { putBooking } from '#test/support/graphql-service.ts';
import { openSuite } from '#test/support/open-suite.ts';

const table = openSuite(openBookingTable);
const now = '2026-07-03T10:00:00.000Z';

/** The two writes of the editor, each with what it leaves in a header. */
const writes = [
  ['change', { checkedIn: true, updatedAt: now }],
  ['hide', { hidden: true, updatedAt: now }],
] as const;

describe.each(writes)('%s', (write, left) => {
  const editor = () => dynamoDbBookingEditor(table.table);
  const run = (read: Awaited<ReturnType<typeof putBooking>>) =>
    write === 'change' ? editor().change(read, { checkedIn: true }, now) : editor().hide(read, now);

  it('given a header as it was read, then it is written', async () => {
    const read = await putBooking(table);
    expect(await run(read)).toBe(true);
    expect(await table.item(keys.booking(read.id))).toMatchObject(left);
  });

  it.each([
    ['was written since', { updatedAt: '2026-07-02T10:00:00.000Z' }],
    ['has another status since, in the same millisecond', { status: 'CANCELLING' }],
    ['is of another execution since, in the same millisecond', { execution_id: 'another.run' }],
  ] as const)('given a header that %s, then it stays as it is', async (_, since) => {
    const read = await putBooking(table);
    const found = await putBooking(table, { ...read, ...since });
    expect(await run(read)).toBe(false);
    expect(await table.item(keys.booking(read.id))).toEqual({ ...keys.booking(read.id), ...found });
  });

  it('given a header that is gone, then nothing is written', async () => {
    const read = await putBooking(table);
    expect(await run({ ...read, id: `${read.id}-gone` })).toBe(false);
    expect(await table.item(keys.booking(`${read.id}-gone`))).toBeUndefined();
  });
});
