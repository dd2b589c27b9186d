import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { metricsNamespaceOf, metricsService } from '#schema/metrics.ts';
import type { PartitionKind } from '#schema/table.ts';
import { codeHashOf } from '../bundling/zip.ts';
import { AssetType, CloudwatchLogGroup, Construct, LambdaFunction, TerraformAsset } from '../cdktf.ts';
import { physicalName, type StageConfig } from '../config.ts';
import type { FunctionNeeds, SagaFunctionDefinition } from '../functions/definition.ts';
import { keyConditionOf } from '../key-condition.ts';
import type { BookingTable } from './booking-table.ts';
import type { BookingTopic } from './booking-topic.ts';
import type { CodeBucket } from './code-bucket.ts';
import type { DeadLetterQueue } from './dead-letter-queue.ts';
import type { FunctionQueue } from './function-queue.ts';
import type { RedriveQueue } from './redrive-queue.ts';
import { ServiceRole, tracing } from './role.ts';
import type { StripeSecret } from './stripe-secret.ts';

/** What Lambda's pollers do in the function's name. */
const consume = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'] as const;

/**
 * One function with its own role and log group. It may only log and trace; every `bind…` grants the least that its
 * purpose needs and sets the variable that goes with it.
 */
export class SagaFunction extends Construct {
  readonly definition: SagaFunctionDefinition;
  readonly functionName: string;
  readonly arn: string;
  /** Of this release's version, which later releases leave as it is; of the function itself where it is not published. */
  readonly releaseArn: string;
  readonly role: ServiceRole;
  readonly #function: LambdaFunction;
  readonly #variables: Record<string, string>;

  constructor(
    scope: Construct,
    id: string,
    props: {
      readonly config: StageConfig;
      readonly definition: SagaFunctionDefinition;
      readonly zipFile: string;
      readonly codeBucket?: CodeBucket | undefined;
    },
  ) {
    super(scope, id);
    const { config, definition, zipFile, codeBucket } = props;
    this.definition = definition;
    const name = physicalName(config, definition.name);

    const logGroup = new CloudwatchLogGroup(this, 'Logs', {
      name: `/aws/lambda/${name}`,
      retentionInDays: config.logRetentionDays,
    });
    this.role = new ServiceRole(this, 'Access', { name, service: 'lambda.amazonaws.com' });
    this.role.allow({
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [`${logGroup.arn}:*`],
    });
    this.role.allow(tracing);

    const zip = readFileSync(zipFile);
    const assetHash = createHash('sha256').update(zip).digest('hex').slice(0, 32);
    const asset = new TerraformAsset(this, 'Code', { path: zipFile, type: AssetType.FILE, assetHash });
    // The state machine's functions: a saga that is under way ends with the code that it began with.
    const isPublished = definition.role === 'step';
    this.#variables = {
      STAGE: config.stage,
      LOG_LEVEL: config.logLevel,
      POWERTOOLS_SERVICE_NAME: metricsService,
      POWERTOOLS_METRICS_NAMESPACE: metricsNamespaceOf(config.stage),
      ...(config.target?.functionEndpoint ? { AWS_ENDPOINT_URL: config.target.functionEndpoint } : {}),
    };
    this.#function = new LambdaFunction(this, 'Function', {
      functionName: name,
      ...(codeBucket?.put(definition.name, asset, assetHash) ?? { filename: asset.path }),
      // The asset's own hash is of another kind than the one that Lambda reports, and would differ at every plan.
      sourceCodeHash: codeHashOf(zip),
      ...(isPublished ? { publish: true } : {}),
      handler: 'index.handler',
      runtime: 'nodejs22.x',
      architectures: [config.target?.architecture ?? 'arm64'],
      role: this.role.arn,
      timeout: definition.timeoutSeconds,
      memorySize: definition.memoryMegabytes,
      ...(definition.role === 'background' && config.reservedConcurrency !== undefined
        ? { reservedConcurrentExecutions: config.reservedConcurrency }
        : {}),
      tracingConfig: { mode: 'Active' },
      loggingConfig: { logFormat: 'Text', logGroup: logGroup.name },
      environment: { variables: this.#variables },
    });
    this.functionName = this.#function.functionName;
    this.arn = this.#function.arn;
    // Not `qualified_arn`: emulators tell a first version's without its number.
    this.releaseArn = isPublished ? `${this.arn}:${this.#function.version}` : this.arn;
  }

  setVariable(name: string, value: string | number): void {
    this.#variables[name] = String(value);
    this.#function.putEnvironment({ variables: this.#variables });
  }

  bindTable(table: BookingTable, payments: StageConfig['payments']): void {
    const { table: own = {}, ledger = {}, indexes = {} } = this.definition.needs;
    for (const access of payments === 'ledger' ? [own, ledger] : [own]) {
      for (const [kind, actions] of Object.entries(access)) {
        this.role.allow({
          actions: actions.map((action) => `dynamodb:${action}`),
          resources: [table.arn],
          condition: keyConditionOf(kind as PartitionKind),
        });
      }
    }
    for (const [index, actions] of Object.entries(indexes)) {
      this.role.allow({
        actions: actions.map((action) => `dynamodb:${action}`),
        resources: [table.indexArn(index as keyof typeof indexes)],
      });
    }
    this.setVariable('TABLE_NAME', table.name);
  }

  /** Nothing of KMS: the key that AWS manages for Parameter Store admits every principal that may read the parameter. */
  bindStripe(secret: StripeSecret): void {
    this.role.allow({ actions: ['ssm:GetParameter'], resources: [secret.arn] });
    this.setVariable('STRIPE_SECRET_PARAMETER', secret.name);
    if (secret.apiBase !== undefined) this.setVariable('STRIPE_API_BASE', secret.apiBase);
  }

  bindTopic(topic: BookingTopic): void {
    this.role.allow({ actions: ['sns:Publish'], resources: [topic.arn] });
    this.setVariable('BOOKING_TOPIC_ARN', topic.arn);
  }

  bindMachine(
    machine: { readonly arn: string; readonly executionsArn: string },
    access: NonNullable<FunctionNeeds['stateMachine']>,
  ): void {
    this.role.allow({ actions: ['states:StartExecution'], resources: [machine.arn] });
    const reading = {
      start: [],
      'start-and-describe': ['states:DescribeExecution'],
      'start-and-history': ['states:GetExecutionHistory'],
    }[access];
    if (reading.length > 0) this.role.allow({ actions: reading, resources: [machine.executionsArn] });
    this.setVariable('STATE_MACHINE_ARN', machine.arn);
  }

  bindRedriveQueue(queue: RedriveQueue): void {
    this.role.allow({ actions: [...consume, 'sqs:SendMessage'], resources: [queue.arn] });
    this.setVariable('REDRIVE_QUEUE_URL', queue.url);
    this.setVariable('REDRIVE_DELAY_SECONDS', queue.delaySeconds);
  }

  bindLoyaltyQueue(queue: FunctionQueue): void {
    this.role.allow({ actions: consume, resources: [queue.arn] });
  }

  bindDeadLetterQueue(queue: DeadLetterQueue): void {
    this.role.allow({ actions: ['sqs:SendMessage'], resources: [queue.arn] });
    this.setVariable('DEAD_LETTER_QUEUE_URL', queue.url);
  }
}
