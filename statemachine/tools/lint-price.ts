import type { LegRecord } from '#functions/trip/define-leg.ts';
import type { Price, PriceRefusal } from '#functions/trip/prices.ts';
import { largestAmount } from '#schema/saga-input.ts';
import { wrongArticle } from './lint-called.ts';
import { noneOfItsFields } from './lint-shape.ts';

const rule = 'a price is of whole units, and not negative';
const advice = 'of a value that makes no sense, "of" returns the field and the rule that it breaks';

const isWhole = (amount: number): boolean => Number.isSafeInteger(amount) && amount >= 0;

/** What the types ask for: an author without the compiler may forget to return it. */
const isAnswer = (cost: unknown): cost is number | PriceRefusal<string> => typeof cost === 'number' || isRefusal(cost);

const isRefusal = (cost: unknown): cost is PriceRefusal<string> => {
  const { field, rule } = (cost ?? {}) as Partial<PriceRefusal<string>>;
  return typeof field === 'string' && typeof rule === 'function';
};

/** Values that a customer may send where the field takes them. They find a price that handles the demo's values alone. */
const oddValues = ['many', '-1', '1.5', '0', '3', '3rd', '4', '2000-01-01T00:00:00.000Z', '2099-01-01T00:00:00.000Z'];

/** Checks the text of the price, and what it costs for some values: its figures are hidden inside of its function. */
export function priceProblems({ source, fields, demo }: LegRecord): string[] {
  if (source.from !== 'request') return [];
  const { price } = source;
  const wording = wordingProblem(price.said);
  if (wording !== undefined) return [`source.price.said is ${wording}`];
  const amounts = price.said.match(/-?\d+(\.\d+)?/g) ?? [];
  if (!amounts.every((amount) => isWhole(Number(amount)))) return [`source.price is "${price.said}": ${rule}`];
  const unknown = unknownFieldOf(price, demo);
  if (unknown !== undefined) return [`source.price ${unknown}`];
  return demoProblem(price, demo) ?? oddProblem(price, { fields, demo }) ?? cutProblem(price, { fields, demo }) ?? [];
}

/** The text stands in sentences and in a table. A price without a fixed amount may have any words. */
function wordingProblem(said: string): string | undefined {
  if (said === '') return 'empty';
  const hasUnit = /^\d/.test(said) ? /^[\d.]+ \S+ \S/.test(said) : true;
  if (!hasUnit || /^\s|\s$|\s\s|[|\n]/.test(said))
    return `"${said}": it is the amount and the unit with its article, as in "25.00 an excursion"`;
  const article = wrongArticle(said.replace(/^[\d.]+ /, ''));
  return article === undefined ? undefined : `"${said}": the article of its unit is "${article}"`;
}

/** Finds a field that the price takes, and that the leg does not have. The error of the missing value would not name it. */
function unknownFieldOf(price: Price<string>, demo: LegRecord['demo']): string | undefined {
  const taken = new Set<string>();
  const values = new Proxy(demo, {
    get(target, field) {
      if (typeof field === 'string' && !(field in target)) taken.add(field);
      return Reflect.get(target, field);
    },
  });
  try {
    price.of(values);
  } catch {
    // The missing field may be the cause. If it is not, `demoProblem` reports the error.
  }
  return taken.size > 0 ? `takes ${noneOfItsFields([...taken], demo)}` : undefined;
}

function demoProblem(price: Price<string>, demo: LegRecord['demo']): string[] | undefined {
  const asked = { values: demo, demo, of: "of the demo's trip", where: "for the demo's trip", whole: `: ${rule}` };
  const problem = answerProblem(price, asked);
  if (problem !== undefined) return [`source.price ${problem}`];
  const cost = price.of(demo);
  if (typeof cost === 'number') return undefined;
  return [`source.price refuses the demo's trip: demo.${cost.field} ${cost.rule((field) => `demo.${field}`)}`];
}

/** Puts each odd value into each field that takes it; all other values are the demo's. */
function oddProblem(price: Price<string>, { fields, demo }: Pick<LegRecord, 'fields' | 'demo'>): string[] | undefined {
  for (const [field, { request }] of Object.entries(fields)) {
    for (const value of oddValues.filter((odd) => request.safeParse(odd).success)) {
      const where = `where ${field} is "${value}"`;
      const problem = answerProblem(price, { values: { ...demo, [field]: value }, demo, of: where, where, whole: '' });
      if (problem !== undefined) return [`source.price ${problem}: ${advice}`];
    }
  }
  return undefined;
}

/** Finds a price that reads the number at the beginning of a text and drops the rest, as `Number.parseInt` does. `oddProblem` has tried each of these. */
function cutProblem(price: Price<string>, { fields, demo }: Pick<LegRecord, 'fields' | 'demo'>): string[] | undefined {
  for (const [field, { request }] of Object.entries(fields)) {
    if (!['3', '3rd', '4'].every((value) => request.safeParse(value).success)) continue;
    const [three, third, four] = ['3', '3rd', '4'].map((value) => price.of({ ...demo, [field]: value }));
    if (typeof third === 'number' && third === three && third !== four) {
      return [`source.price reads ${field} "3rd" as 3: ${advice}`];
    }
  }
  return undefined;
}

interface Asked {
  readonly values: LegRecord['demo'];
  /** It has the leg's fields. */
  readonly demo: LegRecord['demo'];
  /** For which values, after "makes 1.5" and after "fails". */
  readonly of: string;
  readonly where: string;
  /** After an amount that is not whole. */
  readonly whole: string;
}

/** Says what the price of these values is, where it is neither an amount nor a refusal. */
function answerProblem({ of: priceOf }: Price<string>, { values, demo, of, where, whole }: Asked): string | undefined {
  try {
    const cost: unknown = priceOf(values);
    if (!isAnswer(cost)) {
      return `makes neither a number ${of} nor a refusal of one of its fields, with the rule that it breaks`;
    }
    if (typeof cost === 'number') {
      if (cost > largestAmount) return `makes ${cost} ${of}: a booking costs at most ${largestAmount}`;
      return isWhole(cost) ? undefined : `makes ${cost} ${of}${whole}`;
    }
    if (!(cost.field in demo)) return `refuses ${noneOfItsFields([cost.field], demo)}`;
    const said: unknown = cost.rule((field) => field);
    return typeof said === 'string' && said !== ''
      ? undefined
      : `refuses ${cost.field} without a text as its rule, ${where}`;
  } catch (error) {
    return `fails ${where}: ${error instanceof Error ? error.message : String(error)}`;
  }
}
