import { statesFailingAtRandom } from '#functions/trip/run-types.ts';
import { variantOf, zipFileOf } from './bundling/bundle.ts';
import { type Construct, TerraformOutput, TerraformStack } from './cdktf.ts';
import { physicalName, type StageConfig } from './config.ts';
import { Alarms } from './constructs/alarms.ts';
import { addBackend } from './constructs/backend.ts';
import { BookingMachine } from './constructs/booking-machine.ts';
import { BookingTable } from './constructs/booking-table.ts';
import { BookingTopic } from './constructs/booking-topic.ts';
import { CodeBucket } from './constructs/code-bucket.ts';
import { Dashboard } from './constructs/dashboard.ts';
import { deadLettersOf } from './constructs/dead-letters.ts';
import { DemoFlights } from './constructs/demo-flights.ts';
import { FunctionQueue } from './constructs/function-queue.ts';
import { HttpApi } from './constructs/http-api.ts';
import { Loyalty } from './constructs/loyalty.ts';
import { Parameters } from './constructs/parameters.ts';
import { Reconciler } from './constructs/reconciler.ts';
import { Redrive } from './constructs/redrive.ts';
import { RedriveQueue } from './constructs/redrive-queue.ts';
import { SagaFunction } from './constructs/saga-function.ts';
import { SeatAudit } from './constructs/seat-audit.ts';
import { StripeSecret } from './constructs/stripe-secret.ts';
import { UserPool } from './constructs/user-pool.ts';
import { pascalCase } from './functions/names.ts';
import { type FunctionName, functionsOf } from './saga-functions.ts';

export interface BookingStackProps {
  readonly config: StageConfig;
  /** Text of `booking-saga.asl.json`, placeholders and all. */
  readonly aslTemplate: string;
  /** Folder of the built bundles. */
  readonly bundles?: string | undefined;
}

/** The booking service of one stage. */
export class BookingStack extends TerraformStack {
  constructor(scope: Construct, { config, aslTemplate, bundles }: BookingStackProps) {
    super(scope, physicalName(config));
    addBackend(this, config);

    const codeBucket = config.target?.codeBucket ? new CodeBucket(this, 'Code', config) : undefined;
    const functions = new Map<FunctionName, SagaFunction>();
    for (const definition of functionsOf(config)) {
      const zipFile = zipFileOf(definition.name, variantOf(config), bundles);
      functions.set(
        definition.name,
        new SagaFunction(this, pascalCase(definition.name), { config, definition, zipFile, codeBucket }),
      );
    }
    const all = [...functions.values()];
    const functionOf = (name: FunctionName): SagaFunction => {
      const found = functions.get(name);
      if (!found) throw new Error(`Stage "${config.stage}" has no function ${name}, but its stack needs it`);
      return found;
    };
    const redrive = functionOf('redrive-booking');
    const reconcile = functionOf('reconcile-bookings');
    const credit = functionOf('credit-loyalty');

    const table = new BookingTable(this, 'BookingTable', config);
    if (config.demoRoutes) new DemoFlights(this, 'DemoFlights', table);
    const topic = new BookingTopic(this, 'BookingTopic', config);
    const letters = deadLettersOf(this, config);
    const redriveQueue = new RedriveQueue(this, 'RedriveQueue', {
      config,
      deadLetterQueue: letters.ofSaga,
      functionTimeoutSeconds: redrive.definition.timeoutSeconds,
    });
    const loyaltyQueue = new FunctionQueue(this, 'LoyaltyQueue', {
      config,
      name: 'loyalty',
      deadLetterQueue: letters.ofLoyalty,
      functionTimeoutSeconds: credit.definition.timeoutSeconds,
    });
    letters.ofSaga.serveOnly(redriveQueue);
    letters.ofLoyalty.serveOnly(loyaltyQueue);
    letters.undeliveredEvents.serveOnly();
    letters.undeliveredMessages.serveOnly();
    letters.failedInvocations.serveOnly();
    const machine = new BookingMachine(this, 'ProcessBooking', {
      config,
      template: aslTemplate,
      functions: all.filter(({ definition }) => definition.role === 'step'),
      table,
      deadLetterQueue: letters.ofSaga,
    });

    const stripe = config.payments === 'stripe' ? new StripeSecret(this, 'Stripe', config) : undefined;

    for (const bound of all) {
      const { needs } = bound.definition;
      const movesMoney = needs.ledger !== undefined;
      if (needs.table || needs.indexes || (movesMoney && !stripe)) bound.bindTable(table, config.payments);
      if (movesMoney && stripe) bound.bindStripe(stripe);
      if (needs.bookingTopic) bound.bindTopic(topic);
      if (needs.stateMachine) bound.bindMachine(machine, needs.stateMachine);
      if (needs.redriveQueue) bound.bindRedriveQueue(redriveQueue);
      if (needs.loyaltyQueue) bound.bindLoyaltyQueue(loyaltyQueue);
      if (needs.deadLetterQueue) bound.bindDeadLetterQueue(letters.ofSaga);
      if (needs.limitsCharges) bound.setVariable('CHARGES_PER_MINUTE', config.chargesPerMinute);
      if (config.faults && statesFailingAtRandom.has(pascalCase(bound.definition.name))) {
        bound.setVariable('CANCEL_FAILURE_RATE', config.cancelFailureRate ?? 0);
      }
    }

    // A target without HTTP API has no Cognito either: the gateway in front of it brings its own issuer of tokens.
    const userPool = config.target?.httpApi === false ? undefined : new UserPool(this, 'UserPool', { config });
    const api =
      userPool &&
      new HttpApi(this, 'HttpApi', { config, functions: all.filter(({ definition }) => definition.routes), userPool });
    const ended = new Redrive(this, 'Redrive', { config, machine, queue: redriveQueue, redrive, ...letters });
    new Loyalty(this, 'Loyalty', { topic, queue: loyaltyQueue, credit, ...letters });
    const schedules = [
      new Reconciler(this, 'Reconciler', { config, machine, reconcile, ...letters }),
      new SeatAudit(this, 'SeatAudit', { config, audit: functionOf('audit-seat-holds'), ...letters }),
    ];
    new Parameters(this, 'Parameters', { config, machine, topic });
    const watched = {
      config,
      api,
      functions: all,
      machine,
      table,
      topic,
      redrive: ended,
      schedules,
      workQueues: [redriveQueue, loyaltyQueue],
      deadLetterQueues: Object.values(letters),
    };
    new Dashboard(this, 'Dashboard', watched);
    if (config.alarms.enabled) new Alarms(this, 'Alarms', watched);

    const outputs = {
      ...(api ? { api_url: api.url } : {}),
      ...(userPool
        ? { user_pool_id: userPool.id, user_pool_client_id: userPool.clientId, issuer: userPool.issuer }
        : {}),
      table_name: table.name,
      booking_topic_arn: topic.arn,
      state_machine_arn: machine.arn,
      dead_letter_queue_url: letters.ofSaga.url,
      redrive_queue_url: redriveQueue.url,
    };
    for (const [name, value] of Object.entries(outputs)) new TerraformOutput(this, name, { value, staticId: true });
  }
}
