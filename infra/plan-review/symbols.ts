import { parsedObject, withTexts } from './json.ts';
import type { Change, Reading } from './reading/change.ts';

const reference = /\$\{([A-Za-z0-9_]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_.]+)\}/g;

export interface TextPair {
  /** Undefined where there is none. */
  readonly before: string | undefined;
  /** Undefined where there is none, or where it is neither known nor kept as a template. */
  readonly after: string | undefined;
  /** Whether references stand for values that are not known before the apply. */
  readonly isSymbolic: boolean;
}

/**
 * An attribute's text before and after. A text after is not known before the apply where it names a resource that is made or
 * replaced; it is then compared by its references: those of the template stay as they are, and in the text before the same
 * values are written as references.
 */
export function textsOf({ address, before, after, unknown }: Change, attribute: string, reading: Reading): TextPair {
  const old = typeof before?.[attribute] === 'string' ? before[attribute] : undefined;
  const fresh = typeof after?.[attribute] === 'string' ? after[attribute] : undefined;
  if (fresh !== undefined || unknown[attribute] !== true) return { before: old, after: fresh, isSymbolic: false };
  const template = reading.templateOf(address, attribute);
  if (template === undefined) return { before: old, after: undefined, isSymbolic: true };
  return {
    before: old === undefined ? undefined : symbolic(old, template, reading),
    after: template,
    isSymbolic: true,
  };
}

function symbolic(text: string, template: string, reading: Reading): string {
  const values = new Map<string, string>();
  for (const [whole, name = ''] of template.matchAll(reference)) {
    const value = reading.valueOf(name);
    if (value !== undefined && value.length >= leastTelling) values.set(value, whole);
  }
  // Longest first: an ARN may begin with another one.
  const known = [...values].sort(([a], [b]) => b.length - a.length);
  const inText = (part: string) => known.reduce((done, [value, whole]) => replacedWhole(done, value, whole), part);
  const content = parsedObject(text);
  return content === undefined ? inText(text) : JSON.stringify(withTexts(content, inText));
}

/** A shorter value (a version, `1`) stands in other places by chance. */
const leastTelling = 5;

/** Not where the value is a part of a longer word: `…:booking` is not the beginning of `…:booking-dead-letters`. */
function replacedWhole(text: string, value: string, by: string): string {
  return text.split(value).reduce((done, part) => {
    const isPart = /[A-Za-z0-9_-]$/.test(done) || /^[A-Za-z0-9_-]/.test(part);
    return `${done}${isPart ? value : by}${part}`;
  });
}
