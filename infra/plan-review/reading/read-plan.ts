import * as z from 'zod/mini';
import { describeIssue } from '#schema/describe-issue.ts';
import { at, isObject, type Json, type JsonObject } from '../json.ts';
import { type Action, type Change, type Reading, UnreadableError } from './change.ts';
import { hasMarks, masked, maskedPair, secret } from './mask.ts';
import { PlanFile, type ResourceChange, VersionedFile } from './plan-schema.ts';

const understoodMajor = '1';

/**
 * Reads what `terraform show -json PLAN` prints.
 * @throws UnreadableError where it is no plan, or of another major version of the format
 */
export function readPlan(text: string): Reading {
  const plan = parsedPlan(text);
  const managed = (plan.resource_changes ?? []).filter(({ mode }) => mode !== 'data');
  const marksOf = new Map(
    (plan.resource_changes ?? []).map(({ address, change: { before_sensitive, after_sensitive } }) => [
      address,
      [before_sensitive, after_sensitive],
    ]),
  );
  const templates = new Map<string, Readonly<Record<string, Json>>>();
  for (const { address, expressions } of plan.configuration?.root_module?.resources ?? []) {
    templates.set(address, expressions ?? {});
  }
  const values = new Map<string, Json | undefined>();
  for (const { address, values: held, sensitive_values } of plan.prior_state?.values?.root_module?.resources ?? []) {
    values.set(address, masked(held, sensitive_values));
  }
  return {
    changes: managed.map(changeOf),
    settings: [],
    drift: (plan.resource_drift ?? []).filter(({ mode }) => mode !== 'data').map(changeOf),
    isFirst: managed.every(({ change }) => change.before === undefined || change.before === null),
    templateOf(address, attribute) {
      const expression = templates.get(address)?.[attribute];
      const template = isObject(expression) ? expression.constant_value : undefined;
      // The code in the plan keeps secrets that are written in it.
      const isMarked = marksOf.get(address)?.some((marks) => hasMarks(isObject(marks) ? marks[attribute] : marks));
      return typeof template === 'string' && isMarked !== true ? template : undefined;
    },
    valueOf(reference) {
      const [type, name, ...path] = reference.split('.');
      const value = at(values.get(`${type}.${name}`), path);
      return typeof value === 'string' && value !== secret ? value : undefined;
    },
  };
}

function parsedPlan(text: string): PlanFile {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new UnreadableError('this is no JSON: make it with `terraform show -json PLAN`');
  }
  // Another version may have another form, so it is asked for first.
  const { format_version: version } = inForm(VersionedFile, content);
  if (version.split('.')[0] !== understoodMajor) {
    throw new UnreadableError(`its format is version ${version}, and only ${understoodMajor}.x is understood`);
  }
  const plan = inForm(PlanFile, content);
  if (plan.errored === true) {
    throw new UnreadableError(
      'Terraform ended this plan with an error, so it does not tell all changes: plan once more',
    );
  }
  if (plan.resource_changes === undefined && plan.configuration === undefined) {
    throw new UnreadableError('it is a state, not a plan: make it with `terraform show -json PLAN`');
  }
  return plan;
}

function inForm<Schema extends z.core.$ZodType>(schema: Schema, content: unknown): z.infer<Schema> {
  const { success, data, error } = z.safeParse(schema, content);
  if (success) return data;
  const { field, message } = describeIssue(error, '(file)');
  throw new UnreadableError(
    `this is no plan of Terraform: ${field} ${message}; make it with \`terraform show -json PLAN\``,
  );
}

function changeOf({ address, type, change }: ResourceChange): Change {
  const { before_sensitive, after_sensitive } = change;
  const [before, after] = maskedPair(
    [change.before, change.after],
    [ofAttributes(before_sensitive, change.before), ofAttributes(after_sensitive, change.after)],
  );
  return {
    address,
    type,
    action: actionOf(change.actions),
    before: objectOrNone(before),
    after: objectOrNone(after),
    unknown: objectOrNone(change.after_unknown) ?? {},
    replacedFor: (change.replace_paths ?? []).map(pathText),
  };
}

/** A mark on the whole resource is one on each attribute: that there is a resource is no secret. */
function ofAttributes(marks: Json | undefined, values: Json | undefined): Json | undefined {
  if (marks !== true || !isObject(values)) return marks;
  return Object.fromEntries(Object.keys(values).map((name) => [name, true]));
}

/** As far as names and places go: an element of a set stands in a path with all its values, secrets among them. */
function pathText(path: readonly Json[]): string {
  const end = path.findIndex((step) => typeof step !== 'string' && typeof step !== 'number');
  return path.slice(0, end === -1 ? undefined : end).join('.');
}

function actionOf(actions: readonly string[]): Action {
  if (actions.length > 1) return 'replace';
  const [action = 'no-op'] = actions;
  return action === 'forget' ? 'delete' : (action as Action);
}

const objectOrNone = (value: Json | undefined): JsonObject | undefined => (isObject(value) ? value : undefined);
