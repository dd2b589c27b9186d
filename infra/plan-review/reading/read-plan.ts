import { describeIssue } from '#schema/describe-issue.ts';
import { at, isObject, type Json, type JsonObject } from '../json.ts';
import { type Action, type Change, type Reading, UnreadableError } from './change.ts';
import { masked, maskedPair } from './mask.ts';
import { PlanFile, type ResourceChange } from './plan-schema.ts';

const understoodMajor = '1';

/**
 * Reads what `terraform show -json PLAN` prints.
 * @throws UnreadableError where it is no plan, or of another major version of the format
 */
export function readPlan(text: string): Reading {
  const plan = parsedPlan(text);
  const changes = (plan.resource_changes ?? []).filter(({ mode }) => mode !== 'data').map(changeOf);
  const templates = new Map<string, Readonly<Record<string, Json>>>();
  for (const { address, expressions } of plan.configuration?.root_module?.resources ?? []) {
    templates.set(address, expressions ?? {});
  }
  const values = new Map<string, Json | undefined>();
  for (const { address, values: held, sensitive_values } of plan.prior_state?.values?.root_module?.resources ?? []) {
    values.set(address, masked(held, sensitive_values));
  }
  return {
    changes,
    drift: (plan.resource_drift ?? []).filter(({ mode }) => mode !== 'data').map(changeOf),
    isFirst: changes.every(({ before }) => before === undefined),
    templateOf(address, attribute) {
      const expression = templates.get(address)?.[attribute];
      const template = isObject(expression) ? expression.constant_value : undefined;
      return typeof template === 'string' ? template : undefined;
    },
    valueOf(reference) {
      const [type, name, ...path] = reference.split('.');
      const value = at(values.get(`${type}.${name}`), path);
      return typeof value === 'string' ? value : undefined;
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
  const result = PlanFile.safeParse(content);
  if (!result.success) {
    const { field, message } = describeIssue(result.error, '(file)');
    throw new UnreadableError(
      `this is no plan of Terraform: ${field} ${message}; make it with \`terraform show -json PLAN\``,
    );
  }
  const version = result.data.format_version;
  if (version.split('.')[0] !== understoodMajor) {
    throw new UnreadableError(`its format is version ${version}, and only ${understoodMajor}.x is understood`);
  }
  if (result.data.resource_changes === undefined && result.data.configuration === undefined) {
    throw new UnreadableError('it is a state, not a plan: make it with `terraform show -json PLAN`');
  }
  return result.data;
}

function changeOf({ address, type, change }: ResourceChange): Change {
  const [before, after] = maskedPair([change.before, change.after], [change.before_sensitive, change.after_sensitive]);
  return {
    address,
    type,
    action: actionOf(change.actions),
    before: objectOrNone(before),
    after: objectOrNone(after),
    unknown: objectOrNone(change.after_unknown) ?? {},
    replacedFor: (change.replace_paths ?? []).map((path) => path.join('.')),
  };
}

function actionOf(actions: readonly string[]): Action {
  if (actions.length > 1) return 'replace';
  const [action = 'no-op'] = actions;
  return action === 'forget' ? 'delete' : (action as Action);
}

const objectOrNone = (value: Json | undefined): JsonObject | undefined => (isObject(value) ? value : undefined);
