import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, jest } from '@jest/globals';
import type { Context } from 'aws-lambda';

export const aContext = (overrides: Partial<Context> = {}): Context =>
  ({
    functionName: 'booking-saga-test-reserve-hotel',
    functionVersion: '$LATEST',
    invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:booking-saga-test-reserve-hotel',
    memoryLimitInMB: '256',
    awsRequestId: randomUUID(),
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => 10_000,
    ...overrides,
  }) as Context;

type Line = Record<string, unknown>;

export interface LambdaOutput {
  /** Everything that was written, as text. */
  text(): string;
  /** Log lines with a level. */
  logs(): Line[];
  /** Names of the metrics sent so far, in order. */
  metricNames(): string[];
  /** The lines of embedded metrics that carry this metric. */
  linesWith(metric: string): Line[];
  /** The dimension names that the metric was sent with. */
  dimensionsOf(metric: string): string[];
  restore(): void;
}

interface Embedded {
  readonly _aws: { CloudWatchMetrics: { Dimensions: string[][]; Metrics: { Name: string }[] }[] };
}

/** Takes what a function would write to CloudWatch Logs instead of the terminal. */
export function captureLambdaOutput(): LambdaOutput {
  const written: string[] = [];
  const take = ((chunk: unknown) => {
    written.push(String(chunk));
    return true;
  }) as typeof process.stdout.write;
  const spies = [process.stdout, process.stderr].map((stream) => jest.spyOn(stream, 'write').mockImplementation(take));
  const lines = (): Line[] =>
    written
      .join('')
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Line);
  const directives = (line: Line) => (line as unknown as Embedded)._aws?.CloudWatchMetrics ?? [];
  const namesIn = (line: Line) => directives(line).flatMap(({ Metrics }) => Metrics.map(({ Name }) => Name));
  const linesWith = (metric: string) => lines().filter((line) => namesIn(line).includes(metric));
  return {
    text: () => written.join(''),
    logs: () => lines().filter((line) => 'level' in line),
    metricNames: () => lines().flatMap(namesIn),
    linesWith,
    dimensionsOf: (metric) =>
      linesWith(metric).flatMap((line) => directives(line).flatMap((one) => one.Dimensions.flat())),
    restore: () => {
      for (const spy of spies) spy.mockRestore();
    },
  };
}

/** The output of the running test; every test starts with none. */
export function outputOfEachTest(): LambdaOutput {
  const output = {} as LambdaOutput;
  beforeEach(() => {
    Object.assign(output, captureLambdaOutput());
  });
  afterEach(() => output.restore());
  return output;
}
