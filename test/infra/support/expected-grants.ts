import { legs } from '#functions/legs.ts';
import { kebabCase } from '#infra/functions/names.ts';

export const table = 'the table';

export const on = (partitions: string, ...actions: string[]) =>
  actions.map((action) => `dynamodb:${action} on ${partitions} of ${table}`);

const reserve = on('trips', 'ConditionCheckItem', 'PutItem');

const confirm = on('trips', 'UpdateItem');

const cancel = on('trips', 'DeleteItem');

const publish = ['sns:Publish on the booking topic'];

/** Reads what the header still says, and takes the booking off the list of the unfinished ones once it is told. */
const notify = [...on('trips', 'GetItem', 'UpdateItem'), ...publish];

/** How many charges a customer has tried, and which keys were counted. */
const chargeCount = on('RATE#', 'PutItem', 'UpdateItem');

/** Accepted requests, and what stands for a booking until it has a header; never a header itself. */
const accepts = [...on('IDEMPOTENCY#', 'GetItem', 'PutItem'), ...on('REQUEST#', 'GetItem', 'PutItem')];

/** All that each role may do, besides writing its own log and traces. Spelled out, so that no grant comes by the way. */
export const expected: Record<string, readonly string[]> = {
  // A header; and the message of the cancelled booking whose place it takes.
  'reserve-booking': [...on('trips', 'PutItem'), ...publish],
  'confirm-booking': confirm,
  // Reads the trip before it closes it: nothing may be left of what is closed.
  'close-booking': [...on('trips', 'Query'), ...confirm],
  'cancel-booking': [
    // The flight that had no seat to give: is there one at all?
    ...on('FLIGHT#', 'GetItem'),
    // A tombstone; and the message of the cancelled booking whose place it takes.
    ...on('trips', 'PutItem'),
    ...publish,
    ...confirm,
  ],
  ...Object.fromEntries(
    legs.flatMap(({ states }) => [
      [kebabCase(states.reserve), reserve],
      [kebabCase(states.confirm), confirm],
      [kebabCase(states.cancel), cancel],
    ]),
  ),
  'take-payment': [...reserve, ...confirm, ...on('CHARGE#', 'UpdateItem')],
  'refund-payment': [...cancel, ...on('CHARGE#', 'UpdateItem')],
  'notify-booking-confirmed': notify,
  'notify-booking-failed': notify,
  'start-booking': [...on('CHARGE#', 'PutItem'), 'states:StartExecution on the machine'],
  health: [],
  openapi: [],
  bookings: [
    // A page of headers; the mark of a cancellation; all items of a trip whose header an older release has opened.
    ...on('trips', 'BatchGetItem', 'GetItem', 'Query', 'UpdateItem'),
    ...on('FLIGHT#', 'GetItem'),
    ...accepts,
    `dynamodb:Query on ${table}/index/ByCustomerStarted`,
    'states:GetExecutionHistory on executions of the machine',
    'states:StartExecution on the machine',
  ],
  // Those of a departure airport, and the whole catalog.
  flights: ['Query', 'Scan'].map((action) => `dynamodb:${action} on ${table}/index/ByDepartureSchedule`),
  graphql: [
    // A page of headers; check-ins, deleted bookings, marks of cancellations; all items of a trip whose header an older release
    // has opened.
    ...on('trips', 'BatchGetItem', 'GetItem', 'Query', 'UpdateItem'),
    // The flights of a page of bookings, and flights of the catalog, which Admins write.
    ...on('FLIGHT#', 'BatchGetItem', 'DeleteItem', 'GetItem', 'PutItem', 'UpdateItem'),
    // The caller's points.
    ...on('LOYALTY#', 'GetItem'),
    ...accepts,
    `dynamodb:Query on ${table}/index/ByCustomerStarted`,
    `dynamodb:Query on ${table}/index/ByCustomerStatus`,
    `dynamodb:Query on ${table}/index/ByDepartureSchedule`,
    `dynamodb:Scan on ${table}/index/ByCustomerStatus`,
    `dynamodb:Scan on ${table}/index/ByDepartureSchedule`,
    'states:StartExecution on the machine',
  ],
  'redrive-booking': [
    ...notify,
    'sqs:DeleteMessage on the redrive queue',
    'sqs:GetQueueAttributes on the redrive queue',
    'sqs:ReceiveMessage on the redrive queue',
    'sqs:SendMessage on the dead-letter queue',
    'sqs:SendMessage on the redrive queue',
    'states:DescribeExecution on executions of the machine',
    'states:StartExecution on the machine',
  ],
  'reconcile-bookings': [
    // A header, and the whole trip where it does not keep its run's input.
    ...on('trips', 'GetItem', 'Query'),
    `dynamodb:Query on ${table}/index/ByUnfinished`,
    // Lambda, in its name, where a run fails.
    'sqs:SendMessage on the queue of failed invocations',
    'states:StartExecution on the machine',
  ],
  'audit-seat-holds': [
    // How far it has come.
    ...on('AUDIT#', 'GetItem', 'PutItem'),
    ...on('FLIGHT#', 'GetItem', 'UpdateItem'),
    // The headers that holds name.
    ...on('trips', 'BatchGetItem'),
    `dynamodb:Query on ${table}/index/BySeatAudit`,
    // Once, for the flights of an older release.
    `dynamodb:Scan on ${table}/index/ByDepartureSchedule`,
    'sqs:SendMessage on the queue of failed invocations',
  ],
  'create-charge': [...on('CHARGE#', 'PutItem'), ...on('IDEMPOTENCY#', 'PutItem'), ...chargeCount],
  'get-loyalty': on('LOYALTY#', 'GetItem'),
  'credit-loyalty': [
    ...on('LOYALTY#', 'PutItem', 'UpdateItem'),
    'sqs:DeleteMessage on the loyalty queue',
    'sqs:GetQueueAttributes on the loyalty queue',
    'sqs:ReceiveMessage on the loyalty queue',
  ],
};

/** On stages that pay through Stripe: its key in place of the ledger's items. */
export const key = "ssm:GetParameter on Stripe's key";

export const expectedWithStripe: Record<string, readonly string[]> = {
  ...expected,
  'take-payment': [...reserve, ...confirm, key],
  'refund-payment': [...cancel, key],
  'create-charge': [key, ...chargeCount],
};

export const stages = ['local', 'dev', 'prod'] as const;
