import { parseSaga } from '../statemachine/tools/asl.ts';

interface Retrier {
  MaxAttempts?: number;
  IntervalSeconds?: number;
  MaxDelaySeconds?: number;
}

interface State {
  readonly Retry?: Retrier[];
}

export interface RenderOptions {
  /** Bounds put on every retrier; see `StageConfig.retry`. */
  readonly retry?: { readonly intervalSeconds?: number; readonly maxDelaySeconds?: number } | undefined;
}

export interface RenderedAsl {
  /** Plain JSON with Terraform references inside its strings. */
  readonly definition: string;
  /** Names of the placeholders that the template uses: what the machine's role has to be allowed. */
  readonly placeholders: ReadonlySet<string>;
  readonly timeoutSeconds: number;
}

const placeholderPattern = /\{\{(\w+)\}\}/g;
/** Step Functions' own interval where a retrier has none. */
const defaultIntervalSeconds = 1;

/**
 * Fills the placeholders of the ASL, `{{TableName}}` and the like. Not Terraform's own templates, since `${…}` inside the
 * JSON would be read by Terraform too. Throws on a placeholder without a value and on braces that are left over.
 */
export function renderAsl(
  template: string,
  values: Readonly<Record<string, string>>,
  { retry }: RenderOptions = {},
): RenderedAsl {
  const placeholders = new Set([...template.matchAll(placeholderPattern)].map(([, name]) => name as string));
  const unknown = [...placeholders].filter((name) => !Object.hasOwn(values, name));
  if (unknown.length > 0) {
    throw new Error(
      `The ASL has placeholders that nothing fills: ${unknown.join(', ')}. Known: ${Object.keys(values).sort().join(', ')}`,
    );
  }

  const filled = mapStrings(parseSaga(template), (text) => fill(text, values));
  const timeoutSeconds = (filled as { TimeoutSeconds?: unknown }).TimeoutSeconds;
  if (typeof timeoutSeconds !== 'number') {
    throw new Error('The ASL has no TimeoutSeconds of its own: an execution that hangs would never be redriven');
  }
  const definition = JSON.stringify(boundRetries(filled, retry ?? {}));
  return { definition, placeholders, timeoutSeconds };
}

function fill(text: string, values: Readonly<Record<string, string>>): string {
  if (/[$%]\{/.test(text)) {
    throw new Error(`The ASL has a template of Terraform's own, which Terraform would fill in: ${text}`);
  }
  // What is not a placeholder may not look like one: a typo in it would go to AWS as it stands.
  if (/\{\{|\}\}/.test(text.replaceAll(placeholderPattern, ''))) {
    throw new Error(`The ASL has a malformed placeholder, {{LikeThis}} is expected: ${text}`);
  }
  return text.replaceAll(placeholderPattern, (_, name: string) => values[name] as string);
}

function mapStrings(value: unknown, map: (text: string) => string): unknown {
  if (typeof value === 'string') return map(value);
  if (Array.isArray(value)) return value.map((item) => mapStrings(item, map));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, mapStrings(item, map)]));
}

/** Walks into Map and Parallel too, whose states carry retriers of their own. */
function boundRetries(value: unknown, bounds: NonNullable<RenderOptions['retry']>): unknown {
  if (Array.isArray(value)) return value.map((item) => boundRetries(item, bounds));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      name === 'Retry'
        ? (item as NonNullable<State['Retry']>).map((retrier) => bound(retrier, bounds))
        : boundRetries(item, bounds),
    ]),
  );
}

function bound(
  retrier: Retrier,
  { intervalSeconds = Number.POSITIVE_INFINITY, maxDelaySeconds }: NonNullable<RenderOptions['retry']>,
): Retrier {
  if (retrier.MaxAttempts === 0) return retrier;
  const interval = Math.min(retrier.IntervalSeconds ?? defaultIntervalSeconds, intervalSeconds);
  const maxDelay = Math.min(
    retrier.MaxDelaySeconds ?? Number.POSITIVE_INFINITY,
    maxDelaySeconds ?? Number.POSITIVE_INFINITY,
  );
  return {
    ...retrier,
    ...(retrier.IntervalSeconds === undefined ? {} : { IntervalSeconds: interval }),
    ...(Number.isFinite(maxDelay) ? { MaxDelaySeconds: maxDelay } : {}),
  };
}
