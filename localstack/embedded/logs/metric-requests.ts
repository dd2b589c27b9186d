/** What CloudWatch's reads ask, checked before anything is read. */
import { AwsError } from '../types.ts';
import { isUnit } from './emf.ts';
import { isPercentile, statisticOf } from './statistics.ts';

type Json = Readonly<Record<string, unknown>>;

/** From the one up to and without the other, milliseconds since the epoch. */
export type Range = readonly [from: number, to: number];

/** Of one answer. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricStatistics.html */
const mostPoints = 1_440;

/** Periods of less than a minute, in seconds. */
const short = [1, 5, 10, 20, 30];

export const invalid = (message: string) => new AwsError('InvalidParameterValue', message);

const unlikeRules = (message: string) => new AwsError('ValidationError', message);

const unlikeOthers = (message: string) => new AwsError('InvalidParameterCombination', message);

type Refuse = (message: string) => AwsError;

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html */
export function checkedQueries(input: Json): { readonly queries: readonly Json[]; readonly range: Range } {
  const queries = (input.MetricDataQueries ?? []) as readonly Json[];
  if (queries.length < 1 || queries.length > 500) {
    throw unlikeRules(`MetricDataQueries must have between 1 and 500 queries, not ${queries.length}.`);
  }
  const ids = queries.map(({ Id }) => String(Id ?? ''));
  const wrong = ids.find((id) => !/^[a-z]\w{0,254}$/.test(id));
  if (wrong !== undefined) {
    throw unlikeRules(`The value ${wrong} for parameter Id is not matching the expected pattern.`);
  }
  if (new Set(ids).size < ids.length) {
    throw unlikeRules('The values for parameter id in MetricDataQueries are not unique.');
  }
  for (const query of queries) checkQuery(query);
  return { queries, range: rangeOf(input, unlikeRules) };
}

function checkQuery({ Id, MetricStat, Expression, AccountId }: Json): void {
  if (Expression !== undefined) throw invalid(`Expression ${Expression}: the local cloud knows MetricStat only.`);
  if (MetricStat === undefined) throw unlikeRules(`The query ${Id} must have a MetricStat.`);
  if (AccountId !== undefined) throw invalid('The local cloud has one account: AccountId is not served.');
  const { Metric, Unit } = MetricStat as Json;
  if (Metric === undefined) throw invalid(`MetricStat of ${Id} must name a Metric.`);
  checkUnit(Unit, unlikeRules);
}

/** @returns the statistics that are asked for */
export function checkedStatistics(input: Json): { readonly asked: readonly string[]; readonly range: Range } {
  const plain = (input.Statistics ?? []) as readonly string[];
  const extended = (input.ExtendedStatistics ?? []) as readonly string[];
  const asked = [...plain, ...extended];
  if (asked.length === 0) {
    throw unlikeOthers('At least one of the parameters Statistics and ExtendedStatistics must be specified.');
  }
  if (plain.length > 0 && extended.length > 0) {
    throw unlikeOthers('Only one of the parameters Statistics and ExtendedStatistics can be specified.');
  }
  const misplaced = plain.find(isPercentile) ?? extended.find((name) => !isPercentile(name));
  if (misplaced !== undefined) throw invalid(`The statistic ${misplaced} does not belong in the parameter it is in.`);
  for (const name of asked) knownStatistic(name);
  checkUnit(input.Unit, invalid);
  const range = rangeOf(input, invalid);
  const points = Math.ceil((range[1] - range[0]) / periodOf(input.Period));
  if (points > mostPoints) {
    const advice = 'increase Period, or decrease the time range';
    throw unlikeOthers(`${points} datapoints are asked for, which exceeds the limit of ${mostPoints}: ${advice}.`);
  }
  return { asked, range };
}

/** In milliseconds. */
export function periodOf(value: unknown): number {
  const seconds = Number(value);
  if (short.includes(seconds) || (seconds > 0 && seconds % 60 === 0)) return seconds * 1000;
  throw invalid(`Period must be ${short.join(', ')} or a multiple of 60, not ${value}.`);
}

export function knownStatistic(name: string): (values: readonly number[]) => number {
  const compute = statisticOf(name);
  if (compute === undefined) throw invalid(`The statistic ${name} is not known to the local cloud.`);
  return compute;
}

function checkUnit(unit: unknown, refuse: Refuse): void {
  if (unit !== undefined && !isUnit(unit)) throw refuse(`The parameter Unit is none of CloudWatch's units: ${unit}`);
}

function rangeOf({ StartTime, EndTime }: Json, refuse: Refuse): Range {
  const range = [timeOf(StartTime, 'StartTime'), timeOf(EndTime, 'EndTime')] as const;
  if (range[0] < range[1]) return range;
  throw refuse('The parameter StartTime must be less than the parameter EndTime.');
}

/** Seconds since 1970 in AWS JSON. */
function timeOf(value: unknown, member: string): number {
  const time = typeof value === 'number' ? value * 1000 : Date.parse(String(value));
  if (Number.isNaN(time)) throw invalid(`${member} must be a time.`);
  return time;
}
